"""Which function is which rule."""

from operations import rate_decay

USES = (
    rate_decay.use(
        "update_lr", points={"update_lr": 40, "schedule_lr_decay": 60}, names={"scheduled_rate": "schedule_lr_decay"}
    ),
)
