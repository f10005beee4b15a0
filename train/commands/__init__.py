"""Commands by name, in the order in which they are used; each module has HELP, add_arguments and run."""

COMMANDS = {
    "prepare": "train.commands.prepare",
    "explore": "train.commands.explore",
    "networks": "train.commands.networks",
    "soften": "train.commands.soften",
    "fit": "train.commands.fit",
    "publish": "train.commands.publish",
    "evaluate": "train.commands.evaluate",
    "finetune": "train.commands.finetune",
}
