package dev.notecast.vision.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.model.Models;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterChainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edges | there is no filter 'edges'",
                "mirror,, | there is no filter ''",
                "pixelate:size=1 | pixelate:size=1 is out of range: take 2 to 200",
                "pixelate:size=many | pixelate:size=many is no whole number",
                "pixelate:size | 'size' in 'pixelate:size' is no NAME=VALUE",
                "pixelate:size=3:5 | pixelate:size=3:5 is no whole number",
                ": | there is no filter ''",
                "pixelate:sise=3 | filter 'pixelate' has no parameter 'sise'",
                "mirror:size=3 | filter 'mirror' has no parameters, so no 'size'",
                "text:text= | text:text has 1 to 80 characters",
                "invert,invert,invert,invert,invert,invert,invert,invert,invert"
                        + " | a chain has 8 filters at most, not 9",
            })
    void saysInALineWhatIsWrong(String filters, String line) {
        assertEquals(
                line,
                assertThrows(FilterException.class, () -> FilterChain.parse(filters))
                        .getMessage());
    }

    @Test
    void aValueInQuotesMayHaveCommasAndColons() {
        try (FilterChain chain =
                FilterChain.parse("text:text='one, two:size=3':size=9,mirror,text:text=it's, invert")) {
            assertEquals(
                    List.of("text", "mirror", "text", "invert"),
                    chain.steps().stream().map(FilterChain.Step::name).toList());
        }
        List<Parameter> parameters = FilterCatalogue.find("text").parameters();
        assertEquals("one, two", new Settings("text", parameters, List.of("text='one, two'")).text("text"));
        assertEquals("it's", new Settings("text", parameters, List.of("text=it's")).text("text"));
    }

    @Test
    void showsNoTokenOfAnAddress() {
        try (FilterChain chain = FilterChain.parse(
                "invert, object_detection:model=https://host:8443/net.onnx?token=abc&x=1:score=40,mirror",
                EndlessModels.ALL)) {
            assertEquals("invert, object_detection:model=https://host:8443/net.onnx?..,mirror", chain.toString());
        }
    }

    @Test
    void namesWhatAnUnknownWordCouldHaveBeen() {
        FilterException problem = assertThrows(FilterException.class, () -> FilterChain.parse("mirr"));
        assertEquals("mirr", problem.unknown());
        assertTrue(problem.known().contains("mirror"), "known: " + problem.known());
    }

    @Test
    void everyFilterOfTheCatalogueCanBeMadeAndDescribesItself() {
        for (FilterInfo info : FilterCatalogue.all()) {
            try (FilterChain chain = FilterChain.parse(info.name(), EndlessModels.ALL)) {
                assertEquals(info.name(), chain.steps().getFirst().name());
            }
            assertTrue(info.truth().endsWith("."), info.name() + ": " + info.truth());
            assertTrue(info.costMillis() > 0, info.name());
            assertEquals(info.kind() == FilterKind.NEURAL, info.licence().isPresent(), info.name());
        }
    }

    @Test
    void anAddressWithAPortIsOneValue() {
        String address = "https://models.example:8443/mine.onnx?token=a";
        List<String> asked = new ArrayList<>();
        Models models = name -> {
            asked.add(name);
            throw new ModelException("none");
        };
        for (String filters : List.of(
                "object_detection:model=" + address + ":score=40", "object_detection:score=40:model=" + address)) {
            assertThrows(ModelException.class, () -> FilterChain.parse(filters, models));
        }
        assertEquals(List.of(address, address), asked);
    }
}
