"""What people write in the groups of these benchmarks: nothing much, and now and then a leak. All invented."""

ORDINARY = (
    "Morning all, the rota for next week is in the shared folder",
    "Can somebody cover the front desk from 2 to 4 today?",
    "收到，我即刻跟進",
    "Meeting moved to room 3, bring last month's figures please",
    "今日落大雨，大家出入小心啲",
    "Payroll cut-off is Friday 18:00 as always",
    "Thanks! Lunch at 12:30?",
    "Order 20260918-4471 arrived, 3 boxes, signed at the door",
    "開會改咗做三點半",
)
LEAK = "Please book the medical for the new colleague, HKID A123456(3)"


def leaks(number: int, every: int) -> bool:
    """Whether message `number` is a leak, where one in `every` is (0: none)."""
    return bool(every) and number % every == every // 2


def text(number: int, every: int) -> str:
    """What message `number` says."""
    return LEAK if leaks(number, every) else ORDINARY[number % len(ORDINARY)]
