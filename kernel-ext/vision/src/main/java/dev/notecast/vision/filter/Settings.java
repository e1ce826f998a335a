package dev.notecast.vision.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A filter's parameters as they were set, or as they are where nothing was. */
public final class Settings {
    private final Map<String, Object> values = new HashMap<>();

    /**
     * @param given each {@code name=value}
     * @throws FilterException with a line for the user
     */
    Settings(String filter, List<Parameter> parameters, List<String> given) {
        for (Parameter parameter : parameters) {
            values.put(
                    parameter.name(),
                    switch (parameter) {
                        case Parameter.Whole whole -> whole.standard();
                        case Parameter.Choice choice -> choice.standard();
                        case Parameter.Text text -> text.standard();
                    });
        }
        for (String each : given) {
            String[] words = each.split("=", 2);
            if (words.length < 2) {
                throw new FilterException("'" + each + "' in '" + filter + ":" + each + "' is no NAME=VALUE");
            }
            set(filter, find(filter, words[0].strip(), parameters), words[1].strip());
        }
    }

    private static Parameter find(String filter, String name, List<Parameter> parameters) {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> known.isEmpty()
                        ? new FilterException("filter '" + filter + "' has no parameters, so no '" + name + "'")
                        : FilterException.unknown("filter '" + filter + "' has no parameter", name, known));
    }

    private void set(String filter, Parameter parameter, String value) {
        switch (parameter) {
            case Parameter.Whole whole -> {
                int number = number(filter, whole, value);
                if (number < whole.min() || number > whole.max()) {
                    throw new FilterException(filter + ":" + whole.name() + "=" + value + " is out of range: take "
                            + whole.min() + " to " + whole.max());
                }
                values.put(whole.name(), number);
            }
            case Parameter.Choice choice -> {
                if (!choice.words().contains(value)) {
                    throw FilterException.unknown(filter + ":" + choice.name() + " cannot be", value, choice.words());
                }
                values.put(choice.name(), value);
            }
            case Parameter.Text text -> {
                String plain = value.matches("'[^']*'") ? value.substring(1, value.length() - 1) : value;
                if (plain.isEmpty() || plain.length() > text.maxLength()) {
                    throw new FilterException(
                            filter + ":" + text.name() + " has 1 to " + text.maxLength() + " characters");
                }
                values.put(text.name(), plain);
            }
        }
    }

    private static int number(String filter, Parameter.Whole whole, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new FilterException(filter + ":" + whole.name() + "=" + value + " is no whole number");
        }
    }

    public int whole(String name) {
        return (Integer) values.get(name);
    }

    public String text(String name) {
        return (String) values.get(name);
    }
}
