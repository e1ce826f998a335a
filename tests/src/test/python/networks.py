"""Networks with the layers and sizes of real ones and random weights, since what a run costs does not depend on those.

networks.py FOLDER   writes yolox_s.onnx (objects, 640x640, 9 million weights) and fcn_resnet50.onnx (classes of pixels,
                     240x320, 33 million weights)
"""

import os
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

RANDOM = numpy.random.default_rng(1)
UNSURE = -4.6  # of a cell before training: a network that sees objects everywhere would cost more


class Network:
    """A graph under construction; each method adds a layer and gives its output's name."""

    def __init__(self, name, height, width):
        self.nodes, self.weights, self.name = [], [], name
        self.input = helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, height, width])

    def add(self, kind, *inputs, outputs=1, **attributes):
        names = [f"{kind}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, values):
        name = f"weights{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def conv(self, x, inside, outside, kernel=1, stride=1, dilation=1, bias=0):
        scale = (inside * kernel * kernel) ** -0.5  # keeps numbers of the size that they have
        weights = (RANDOM.standard_normal((outside, inside, kernel, kernel)) * scale).astype(numpy.float32)
        pad = dilation * (kernel // 2)
        return self.add(
            "Conv", x, self.constant(weights), self.constant(numpy.full(outside, bias, numpy.float32)),
            kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[pad] * 4, dilations=[dilation] * 2,
        )

    def silu(self, *conv, **more):
        x = self.conv(*conv, **more)
        return self.add("Mul", x, self.add("Sigmoid", x))

    def relu(self, *conv, **more):
        return self.add("Relu", self.conv(*conv, **more))

    def resize(self, x, height, width, mode):
        scales = self.constant(numpy.float32([1, 1, height, width]))
        return self.add("Resize", x, "", scales, mode=mode)

    def save(self, x, shape, folder):
        self.nodes.append(helper.make_node("Identity", [x], ["output"]))
        output = helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, self.name, [self.input], [output], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, os.path.join(folder, self.name + ".onnx"))


def yolox_s(folder):
    net = Network("yolox_s", 640, 640)

    def csp(x, inside, outside, repeats, shortcut):
        half = outside // 2
        main, side = net.silu(x, inside, half), net.silu(x, inside, half)
        for _ in range(repeats):
            y = net.silu(net.silu(main, half, half), half, half, 3)
            main = net.add("Add", main, y) if shortcut else y
        return net.silu(net.add("Concat", main, side, axis=1), outside, outside)

    focus = net.add("SpaceToDepth", "images", blocksize=2)
    x = csp(net.silu(net.silu(focus, 12, 32, 3), 32, 64, 3, 2), 64, 64, 1, True)
    c3 = csp(net.silu(x, 64, 128, 3, 2), 128, 128, 3, True)
    c4 = csp(net.silu(c3, 128, 256, 3, 2), 256, 256, 3, True)
    x = net.silu(net.silu(c4, 256, 512, 3, 2), 512, 256)
    pools = [net.add("MaxPool", x, kernel_shape=[k] * 2, strides=[1, 1], pads=[k // 2] * 4) for k in (5, 9, 13)]
    c5 = csp(net.silu(net.add("Concat", x, *pools, axis=1), 1024, 512), 512, 512, 1, False)

    p5 = net.silu(c5, 512, 256)
    p4 = csp(net.add("Concat", net.resize(p5, 2, 2, "nearest"), c4, axis=1), 512, 256, 1, False)
    p4 = net.silu(p4, 256, 128)
    n3 = csp(net.add("Concat", net.resize(p4, 2, 2, "nearest"), c3, axis=1), 256, 128, 1, False)
    n4 = csp(net.add("Concat", net.silu(n3, 128, 128, 3, 2), p4, axis=1), 256, 256, 1, False)
    n5 = csp(net.add("Concat", net.silu(n4, 256, 256, 3, 2), p5, axis=1), 512, 512, 1, False)

    rows = []
    for level, channels, cells in ((n3, 128, 6400), (n4, 256, 1600), (n5, 512, 400)):
        stem = net.silu(level, channels, 128)
        kinds = net.silu(net.silu(stem, 128, 128, 3), 128, 128, 3)
        boxes = net.silu(net.silu(stem, 128, 128, 3), 128, 128, 3)
        object_there = net.add("Sigmoid", net.conv(boxes, 128, 1, bias=UNSURE))
        parts = net.conv(boxes, 128, 4), object_there, net.add("Sigmoid", net.conv(kinds, 128, 80))
        joined = net.add("Concat", *parts, axis=1)
        rows.append(net.add("Reshape", joined, net.constant(numpy.int64([1, 85, cells]))))
    net.save(net.add("Transpose", net.add("Concat", *rows, axis=2), perm=[0, 2, 1]), [1, 8400, 85], folder)


def fcn_resnet50(folder):
    net = Network("fcn_resnet50", 240, 320)
    x = net.relu("images", 3, 64, 7, 2)
    x = net.add("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    inside = 64
    for width, blocks, stride, dilation in ((64, 3, 1, 1), (128, 4, 2, 1), (256, 6, 1, 2), (512, 3, 1, 4)):
        for block in range(blocks):
            step = stride if block == 0 else 1
            y = net.relu(net.relu(x, inside, width), width, width, 3, step, dilation)
            y = net.conv(y, width, 4 * width)
            x = net.add("Relu", net.add("Add", y, x if block else net.conv(x, inside, 4 * width, 1, step)))
            inside = 4 * width
    x = net.conv(net.relu(x, 2048, 512, 3), 512, 21)
    net.save(net.resize(x, 8, 8, "linear"), [1, 21, 240, 320], folder)


yolox_s(sys.argv[1])
fcn_resnet50(sys.argv[1])
