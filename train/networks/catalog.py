"""What each network is, for those who choose one; readable without Keras."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Description:
    """One network.

    Attributes:
        what: What it is, a few words.
        source: Where it comes from.
        parameters: Its weights with one head of seven classes, of five where it is meant for five.
    """

    what: str
    source: str
    parameters: int


DESCRIPTIONS = {
    "compact_resnet": Description("A strided stem and four residual blocks, small and fast", "ours", 1_518_967),
    "residual_vgg": Description("VGG's plain stages, each with a short cut", "ours", 1_221_319),
    "seed_wide": Description(
        "Convolutions of 128, 256, 512 and 1024 filters, dropout 0.4", "a tutorial for webcam programs", 6_854_151
    ),
    "seed_four_block": Description(
        "Four blocks with batch normalisation, two dense layers", "a course on Keras", 4_478_727
    ),
    "seed_tkinter": Description("Convolutions of 64, 64 and 128 filters", "a Tkinter program", 1_750_855),
    "seed_five_class": Description(
        "A small VGG for five expressions, without disgust and fear", "a program of five classes", 1_328_037
    ),
    "mini_xception": Description("Separable convolutions with short cuts", "Arriaga et al. 2017", 51_255),
    "vgg16_transfer": Description(
        "VGG16, taught ImageNet's photos before faces", "Simonyan and Zisserman 2014", 14_718_279
    ),
    "resnet50v2_transfer": Description(
        "ResNet50V2, taught ImageNet's photos before faces", "He et al. 2016", 23_579_143
    ),
}
