package dev.notecast.jupyter;

import java.lang.reflect.Field;

/**
 * A field of a kernel's class that has no getter. Both kernels descend from one code base and name them alike.
 *
 * @param <T> what the field holds
 */
public final class PrivateField<T> {
    private final Field field;
    private final Class<T> type;

    private PrivateField(Field field, Class<T> type) {
        this.field = field;
        this.type = type;
    }

    /** @throws IllegalStateException when the class has no such field: another version of the kernel */
    public static <T> PrivateField<T> of(Class<?> owner, String name, Class<T> type) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return new PrivateField<>(field, type);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(owner.getName() + " has no field '" + name + "'", e);
        }
    }

    /** May be null, as the kernel left it. */
    public T get(Object target) {
        try {
            return type.cast(field.get(target));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // opened above
        }
    }

    public void set(Object target, T value) {
        try {
            field.set(target, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // opened above
        }
    }
}
