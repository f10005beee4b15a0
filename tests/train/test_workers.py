"""Several machines as processes and threads of this one: they meet, agree, and train as a single one would."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.errors import AppError
from tests.train.generated import make_faces
from train.__main__ import main
from train.config import AugmentConfig, NetworkConfig, OptimizerConfig, TrainConfig, write_config
from train.learning.cluster import Cluster
from train.learning.meeting import Meeting
from train.learning.run_state import pack_run, unpack_run

ROOT = Path(__file__).parents[2]


def free_addresses(count: int) -> tuple[str, ...]:
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    addresses = tuple(f"127.0.0.1:{server.getsockname()[1]}" for server in servers)
    for server in servers:
        server.close()
    return addresses


class TestCluster:
    @given(st.integers(1, 65535), st.integers(0, 1))
    def test_addresses_are_read(self, port: int, index: int) -> None:
        cluster = Cluster.parse(f"lab-1:{port}, [fe80::1]:{port}", index)
        assert cluster.addresses == (f"lab-1:{port}", f"[fe80::1]:{port}")
        assert [cluster.place(0), cluster.place(1)] == [("lab-1", port), ("fe80::1", port)]
        assert cluster.is_chief == (index == 0)

    @given(st.text(max_size=20), st.integers(-3, 3))
    def test_any_text_is_read_or_refused_in_a_sentence(self, text: str, index: int) -> None:
        try:
            assert len(Cluster.parse(text, index).addresses) >= 2
        except AppError as error:
            assert error.message
            assert error.hint

    @pytest.mark.parametrize(
        ("text", "index", "problem"),
        [
            ("lab-1:2222", 0, "two or more different machines"),
            ("lab-1:2222,lab-1:2222", 0, "two or more different machines"),
            ("lab-1:2222,lab-2", 0, "'lab-2' is no address"),
            ("lab-1:2222,lab-2:0", 0, "'lab-2:0' is no address"),
            ("lab-1:2222,lab-2:65536", 0, "is no address"),
            ("lab-1:2222,lab-2:2222", 2, "no machine number 2 among 2"),
            ("lab-1:2222,lab-2:2222", -1, "no machine number -1"),
        ],
    )
    def test_what_names_no_cluster_is_refused(self, text: str, index: int, problem: str) -> None:
        with pytest.raises(AppError, match=problem):
            Cluster.parse(text, index)


Machine = Callable[[int], Any]


class TestMeeting:
    """Each machine is a thread."""

    @pytest.fixture
    def pool(self) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(4) as pool:
            yield pool

    def meet(
        self, pool: ThreadPoolExecutor, indices: tuple[int, ...], settings: dict[int, str] | None = None, **more: Any
    ) -> list[Future[bytes]]:
        """What each machine gets from the chief, after all have agreed."""
        addresses = more.get("addresses", free_addresses(3))
        others = more.get("others", addresses)

        def machine(index: int) -> bytes:
            cluster = Cluster(others if index else addresses, index)
            with Meeting(cluster, timeout_s=more.get("timeout_s", 60)) as meeting:
                state = meeting.share(b"state" if index == 0 else b"")
                meeting.agree((settings or {}).get(index, "same"))
                return state

        return [pool.submit(machine, index) for index in indices]

    def test_all_get_the_state_of_the_first(self, pool: ThreadPoolExecutor) -> None:
        # The last to come is the one that the others need.
        assert [place.result() for place in self.meet(pool, (2, 1, 0))] == [b"state"] * 3

    def test_a_port_that_is_used_by_this_program_is_free_afterwards(self, pool: ThreadPoolExecutor) -> None:
        addresses = free_addresses(3)
        for _ in range(2):
            assert [place.result() for place in self.meet(pool, (0, 1, 2), addresses=addresses)] == [b"state"] * 3

    def test_a_missing_machine_is_named_on_all_that_came(self, pool: ThreadPoolExecutor) -> None:
        addresses = free_addresses(3)
        for place in self.meet(pool, (0, 1), addresses=addresses, timeout_s=1):
            with pytest.raises(AppError, match=rf"did not answer within 1 seconds: 2 \({addresses[2]}\)") as caught:
                place.result()
            assert "--worker-index 2" in caught.value.hint

    def test_without_the_first_the_others_say_so(self, pool: ThreadPoolExecutor) -> None:
        for place in self.meet(pool, (1, 2), timeout_s=1):
            with pytest.raises(AppError, match="The first machine") as caught:
                place.result()
            assert "--worker-index 0" in caught.value.hint

    def test_other_settings_are_refused_everywhere(self, pool: ThreadPoolExecutor) -> None:
        for place in self.meet(pool, (0, 1, 2), {2: "other"}):
            with pytest.raises(AppError, match=r"Machine 2 .* was started with other settings"):
                place.result()

    def test_other_machines_are_refused(self, pool: ThreadPoolExecutor) -> None:
        addresses = free_addresses(3)
        chief, follower = self.meet(pool, (0, 1), addresses=addresses, others=(*addresses[:2], "elsewhere:1"))
        for place in (chief, follower):
            with pytest.raises(AppError, match="different --workers"):
                place.result()

    def test_the_same_number_twice_is_refused(self, pool: ThreadPoolExecutor) -> None:
        addresses = free_addresses(3)
        (chief, first) = self.meet(pool, (0, 1), addresses=addresses)
        # The second one's own port is taken by the first, as both run on this machine: it only speaks to the chief.
        hello = json.dumps({"index": 1, "addresses": addresses}).encode()
        with knocking(addresses[0], len(hello).to_bytes(8, "big") + hello):
            for place in (chief, first):
                with pytest.raises(AppError, match="Two machines were started with --worker-index 1"):
                    place.result()

    @pytest.mark.parametrize("content", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\0" * 7 + b"\2{}", b"\xff" * 8])
    def test_strangers_at_the_port_change_nothing(self, pool: ThreadPoolExecutor, content: bytes) -> None:
        addresses = free_addresses(3)
        (chief,) = self.meet(pool, (0,), addresses=addresses)
        with knocking(addresses[0], content):
            pass
        assert [place.result() for place in (*self.meet(pool, (1, 2), addresses=addresses), chief)] == [b"state"] * 3

    def test_a_taken_port_is_named(self) -> None:
        with socket.create_server(("", 0)) as server:
            port = server.getsockname()[1]
            with pytest.raises(AppError, match=f"Port {port} of this machine"):
                Meeting(Cluster((f"127.0.0.1:{port}", "127.0.0.1:1"), 0), timeout_s=1)


class knocking:  # noqa: N801  # used as a context, like a function
    """Connects to an address as soon as somebody listens there, says something, and goes at the end."""

    def __init__(self, address: str, content: bytes) -> None:
        host, port = address.split(":")
        while True:
            try:
                self.connection = socket.create_connection((host, int(port)), 10)
                break
            except ConnectionRefusedError:
                continue
        self.connection.sendall(content)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def test_a_run_travels_with_its_newest_checkpoint_alone(tmp_path: Path) -> None:
    run = tmp_path / "run"
    write_config(TrainConfig(seed=5), run)
    for epoch in (1, 2):
        (run / f"epoch-000{epoch}").mkdir()
        (run / f"epoch-000{epoch}" / "history.json").write_text(str(epoch), encoding="utf-8")
    unpack_run(pack_run(run), tmp_path / "copy")
    names = sorted(path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*.json"))
    assert names == ["config.json", "epoch-0002/history.json"]
    unpack_run(pack_run(tmp_path / "absent"), tmp_path / "empty")
    assert not list((tmp_path / "empty").glob("*"))
    with pytest.raises(AppError, match="sent no run"):
        unpack_run(b"something else", tmp_path / "copy")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--run", "r", "--worker-index", "1"], "says nothing without --workers"),
        (["--run", "r", "--workers", "a:1,b:1"], "needs --worker-index"),
        (
            ["--show-augmented", "a.png", "--workers", "a:1,b:1", "--worker-index", "0"],
            "needs --worker-index and --run",
        ),
        (["--run", "r", "--workers", "a:1,b:1", "--worker-index", "2"], "no machine number 2"),
    ],
)
def test_the_command_wants_all_of_its_arguments(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fit", "faces.npz", *arguments]) == 1
    assert problem in capsys.readouterr().err


# Of 84 faces 63 are learnt from: two batches an epoch, of which each process takes a half of either.
FACES = make_faces(12)
CONFIG = TrainConfig(
    epochs=2,
    batch_size=28,
    average_decay=0.5,
    precision="float32",
    held_out_parts=4,
    network=NetworkConfig("small", dropout=0.0),
    optimizer=OptimizerConfig(learning_rate=0.05, warmup_epochs=0.5, schedule="constant"),
    augment=AugmentConfig(rotation_deg=5),
)
# The command, with a network that is made for tests.
SMALL = (
    "import sys; from train.networks import ARCHITECTURES; ARCHITECTURES['small'] = 'tests.train.small:small'; "
    "from train.__main__ import main; sys.exit(main())"
)


def state_of(run: Path, epoch: int) -> tuple[list[dict[str, Any]], dict[str, np.ndarray]]:
    """History and all arrays of a checkpoint: weights, their means, moments, momentum."""
    import h5py

    folder = run / f"epoch-000{epoch}"
    arrays: dict[str, np.ndarray] = {}

    def collect(name: str, entry: object) -> None:
        if isinstance(entry, h5py.Dataset):
            arrays[f"{file.filename}/{name}".removeprefix(str(folder))] = np.asarray(entry, np.float64)

    for path in sorted(folder.glob("*.h5")):
        with h5py.File(path) as file:
            file.visititems(collect)
    return json.loads((folder / "history.json").read_text(encoding="utf-8")), arrays


@pytest.mark.slow
@pytest.mark.timeout(1200)
class TestTwoProcesses:
    def train(self, folder: Path, epochs: int) -> list[str]:
        """Two processes whose folders are not shared; what they printed."""
        usage = np.zeros(len(FACES), int)
        np.savez(
            folder / "faces.npz",
            images=FACES.images,
            labels=FACES.labels,
            usage=usage,
            rows=FACES.rows,
            votes=FACES.votes,
        )
        write_config(CONFIG, folder / "settings")
        workers = ",".join(free_addresses(2))
        processes = [
            subprocess.Popen(
                [
                    *(
                        sys.executable,
                        "-c",
                        SMALL,
                        "fit",
                        str(folder / "faces.npz"),
                        "--run",
                        str(folder / f"run{index}"),
                    ),
                    *("--config", str(folder / "settings" / "config.json"), "--epochs", str(epochs)),
                    *("--workers", workers, "--worker-index", str(index)),
                ],
                cwd=ROOT,
                env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            for index in range(2)
        ]
        answers = [process.communicate() for process in processes]
        for process, (_, errors) in zip(processes, answers, strict=True):
            assert process.returncode == 0, errors
        return [printed for printed, _ in answers]

    def test_two_processes_give_the_losses_and_weights_of_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from train.learning.fit import fit
        from train.networks import ARCHITECTURES

        monkeypatch.setitem(ARCHITECTURES, "small", "tests.train.small:small")
        for epochs in (1, 2):
            fit(FACES, replace(CONFIG, epochs=epochs), tmp_path / "alone")
            # The second time the run goes on, and the second process has only what the first one sends it.
            printed = self.train(tmp_path, epochs)
            assert f"epochs {epochs} to {epochs}" in printed[0]
            assert "kept on the first machine" in printed[1]
            history, arrays = state_of(tmp_path / "run0", epochs)
            history_alone, arrays_alone = state_of(tmp_path / "alone", epochs)
            for key in ("loss", "fer2013_training_accuracy", "ferplus_held_out_accuracy", "held_out_loss"):
                together, alone = ([record[key] for record in records] for records in (history, history_alone))
                assert together == pytest.approx(alone, abs=1e-4), key
            assert arrays.keys() == arrays_alone.keys()
            for name, array in arrays.items():
                assert array == pytest.approx(arrays_alone[name], abs=1e-3), name
        assert not (tmp_path / "run1").exists()
        # Equal weights would prove little if they had hardly moved.
        assert history[1]["loss"] < 0.9 * history[0]["loss"]
