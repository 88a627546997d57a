package javelin.tensor;

import javelin.kernels.Backends;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

import java.lang.reflect.Method;

/// Runs each test method with the reference backend as the current one, so that expected values can
/// be written down exactly.
public final class OnReference implements InvocationInterceptor {
    /// For JUnit.
    public OnReference() {}

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        Throwable[] failure = new Throwable[1];
        Backends.with(
                Backends.reference(),
                () -> {
                    try {
                        invocation.proceed();
                    } catch (Throwable t) {
                        failure[0] = t; // thrown again below, with its type
                    }
                });
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
