"""Volumes for claims, as the disks of clouds are: root's, with a folder `lost+found`."""

import contextlib
import http.client
import threading
import time
from pathlib import Path

from api import Api, Refused

CLASS = "standard"


def start(api: Api, folder: Path, node: str) -> None:
    """Has a default class, and gives each claim of it a volume, for as long as this process runs."""
    api.create(
        "/apis/storage.k8s.io/v1/storageclasses",
        {
            "metadata": {
                "name": CLASS,
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
            },
            "provisioner": "todoc.test/disks",
        },
    )
    threading.Thread(target=_provide, args=(api, folder, node), daemon=True).start()


def _provide(api: Api, folder: Path, node: str) -> None:
    given: set[str] = set()
    while True:
        # A server that is busy is asked again.
        with contextlib.suppress(OSError, Refused, http.client.HTTPException):
            for claim in api.list("/api/v1/persistentvolumeclaims"):
                uid = claim["metadata"]["uid"]
                if uid not in given and claim["spec"].get("storageClassName") == CLASS:
                    _create_once(api, claim, folder / uid, node)
                    given.add(uid)
        time.sleep(0.5)


def _create_once(api: Api, claim: dict, disk: Path, node: str) -> None:
    """Of a request whose answer was lost the volume is there."""
    try:
        _create(api, claim, disk, node)
    except Refused as error:
        if error.status != 409:
            raise


def _create(api: Api, claim: dict, disk: Path, node: str) -> None:
    (disk / "lost+found").mkdir(parents=True, exist_ok=True)
    (disk / "lost+found").chmod(0o700)
    here = {"key": "kubernetes.io/hostname", "operator": "In", "values": [node]}
    metadata = claim["metadata"]
    api.create(
        "/api/v1/persistentvolumes",
        {
            "metadata": {"name": f"disk-{metadata['uid']}"},
            "spec": {
                "capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
                "accessModes": claim["spec"]["accessModes"],
                "storageClassName": CLASS,
                "claimRef": {it: metadata[it] for it in ("namespace", "name", "uid")},
                # Of the kinds of volumes here the one whose files the kubelet gives to a group.
                "local": {"path": str(disk)},
                "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}},
            },
        },
    )
