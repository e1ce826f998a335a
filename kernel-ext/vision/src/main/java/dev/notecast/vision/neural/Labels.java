package dev.notecast.vision.neural;

import java.util.List;

/** Names of a network's classes. */
record Labels(List<String> names) {
    private static final Labels COCO = new Labels(
            List.of(("person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,"
                            + "parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,"
                            + "umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,"
                            + "baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,"
                            + "bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,"
                            + "potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,"
                            + "oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush")
                    .split(",")));
    private static final Labels VOC = new Labels(List.of(
            ("background,aeroplane,bicycle,bird,boat,bottle,bus,car,cat,chair,cow,diningtable,dog,horse,motorbike,person,"
                            + "pottedplant,sheep,sofa,train,tvmonitor")
                    .split(",")));

    /** Those of COCO for as many classes as it has, of Pascal VOC likewise; others have numbers. */
    static Labels of(int classes) {
        for (Labels known : List.of(COCO, VOC)) {
            if (known.names.size() == classes) {
                return known;
            }
        }
        return new Labels(List.of());
    }

    String name(int kind) {
        return kind < names.size() ? names.get(kind) : "class " + kind;
    }
}
