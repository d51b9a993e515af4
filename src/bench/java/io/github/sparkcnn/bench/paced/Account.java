package io.github.sparkcnn.bench.paced;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a worker of this process has done since its replica was opened. */
final class Account {

    private static final Map<Integer, Account> BY_RANK = new ConcurrentSkipListMap<>();

    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger averagings = new AtomicInteger();
    private final AtomicInteger predictions = new AtomicInteger();

    /** The account of the worker's newest replica. */
    static Account opened(int rank) {
        Account account = new Account();
        BY_RANK.put(rank, account);
        return account;
    }

    /** Closes the accounts of all workers. */
    static Map<Integer, Work> close() {
        Map<Integer, Work> all = new TreeMap<>();
        BY_RANK.forEach((rank, account) ->
                all.put(rank, new Work(account.steps.get(), account.averagings.get(), account.predictions.get())));
        BY_RANK.clear();
        return all;
    }

    void stepped() {
        steps.incrementAndGet();
    }

    void averaged() {
        averagings.incrementAndGet();
    }

    void predicted() {
        predictions.incrementAndGet();
    }
}
