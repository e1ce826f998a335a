package dev.notecast.jupyter;

import java.lang.reflect.Field;

/**
 * The two fields of a kernel's comm manager that have no getter: the socket to the pages and the request being
 * answered. Both kernels descend from one code base and name them alike.
 *
 * @param <S> the socket's class
 * @param <C> the request's class
 */
public final class CommManagerFields<S, C> {
    private final Object manager;
    private final Field iopub;
    private final Field context;
    private final Class<S> socketClass;
    private final Class<C> contextClass;

    /** @throws IllegalStateException when the manager has no such fields: another version of the kernel */
    public CommManagerFields(Object manager, Class<?> managerClass, Class<S> socketClass, Class<C> contextClass) {
        this.manager = manager;
        this.socketClass = socketClass;
        this.contextClass = contextClass;
        iopub = open(managerClass, "iopub");
        context = open(managerClass, "context");
    }

    /** Null before the kernel is connected. */
    public S iopub() {
        return socketClass.cast(read(iopub));
    }

    /** Null before the first request. */
    public C context() {
        return contextClass.cast(read(context));
    }

    private static Field open(Class<?> managerClass, String name) {
        try {
            Field field = managerClass.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(managerClass.getName() + " has no field '" + name + "'", e);
        }
    }

    private Object read(Field field) {
        try {
            return field.get(manager);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // opened above
        }
    }
}
