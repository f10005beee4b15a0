"""Networks by name: each takes a grey face and gives features; the heads are put on top of any of them.

Each entry is 'module:function'; the function takes a `train.config.NetworkConfig` and a Keras dtype policy, and gives a
model from float32 [n, 48, 48, 1], 0 to 255, to features float32 [n, m]. Its module is imported when it is asked for.
"""

ARCHITECTURES = {
    "compact_resnet": "train.networks.compact:compact_resnet",
    "residual_vgg": "train.networks.compact:residual_vgg",
    "seed_wide": "train.networks.seeds:seed_wide",
    "seed_four_block": "train.networks.seeds:seed_four_block",
    "seed_tkinter": "train.networks.seeds:seed_tkinter",
    "seed_five_class": "train.networks.seeds:seed_five_class",
    "mini_xception": "train.networks.seeds:mini_xception",
    "vgg16_transfer": "train.networks.transfer:vgg16_transfer",
    "resnet50v2_transfer": "train.networks.transfer:resnet50v2_transfer",
}
