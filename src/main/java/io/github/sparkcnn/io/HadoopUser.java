package io.github.sparkcnn.io;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;

/** The user that Hadoop takes this process for. */
public final class HadoopUser {

    private HadoopUser() {}

    /**
     * Gives the process a user where the operating system has no name for its number, as in containers with a random one: Hadoop
     * would open no file. The name is {@code HADOOP_USER_NAME} or {@code SPARK_USER} where one is set.
     */
    public static void ensure() {
        try {
            UserGroupInformation.getLoginUser();
        } catch (IOException nameless) {
            if (UserGroupInformation.isSecurityEnabled()) {
                return; // then a name of its own choice would not be let in, and the first file says why
            }
            String name = Optional.ofNullable(System.getenv("HADOOP_USER_NAME"))
                    .or(() -> Optional.ofNullable(System.getenv("SPARK_USER")))
                    .orElse("nobody");
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
        }
    }
}
