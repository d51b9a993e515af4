package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.transport.Transport;
import java.time.Duration;

/** The same where no memory is shared, as between hosts. */
class RingOverTcpTest extends RingCommunicatorTest {

    @Override
    Transport plain(Duration timeout) {
        return LocalRing.overTcp(timeout);
    }
}
