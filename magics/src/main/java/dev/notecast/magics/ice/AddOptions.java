package dev.notecast.magics.ice;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who we are for a TURN server, and how we prove it. */
final class AddOptions {
    private static final String ASK = ""; // the option stands there without a value

    @Option(names = "--user", paramLabel = "NAME", description = "The user that the TURN server knows.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = ASK,
            description = "Its password; without one it is asked for, unseen.")
    private String password;

    @Option(names = "--password-env", paramLabel = "NAME", description = "The environment variable that holds it.")
    private String passwordVariable;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file that holds it.")
    private Path passwordFile;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            arity = "0..1",
            fallbackValue = ASK,
            description = "coturn's static-auth-secret, from which users are made that end after two hours and are"
                    + " renewed; without one it is asked for, unseen.")
    private String secret;

    @Option(names = "--secret-env", paramLabel = "NAME", description = "The environment variable that holds it.")
    private String secretVariable;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "The file that holds it.")
    private Path secretFile;

    String user() {
        return user;
    }

    boolean hasSecret() {
        return secret != null || secretVariable != null || secretFile != null;
    }

    boolean hasCredential() {
        return hasSecret() || !user.isEmpty() || password != null || passwordVariable != null || passwordFile != null;
    }

    Secret password(Secrets secrets) {
        return secrets.get("password", password, passwordVariable, passwordFile);
    }

    Secret secret(Secrets secrets) {
        return secrets.get("secret", secret, secretVariable, secretFile);
    }
}
