"""What the operator wrote, checked and typed; every problem with its file, line, column and key.

Who reads which file:

| file                                                | read by               | notes                      |
|-----------------------------------------------------|-----------------------|----------------------------|
| `-c FILE` of the command line                       | `load.load`           | first choice; must exist   |
| `$HYDRA_TUI_CONFIG`                                 | `load.load`           | second; must exist         |
| `~/.config/hydra-tui/config.yaml`, or the like of   | `load.load`           | last; may be absent        |
| this system (`paths.default_path`)                  |                       |                            |
| `file:PATH` of a service's `key`                    | `secrets.resolve`     | when its service is built  |
| `~/.ssh/config`, identities, known hosts            | transport, not here   | when a node is connected   |
| themes                                              | the face, not here    | `theme:` is only a name    |

`paths.find` chooses the file. Its road: `yaml_source` (bytes → plain data and positions), `validation`
against `schema`, `references` (what one key says of another), `load` (all problems at once, or `Loaded`).
Secrets stay references until `secrets.resolve`; `secret_checks` tells early which of them would fail.
"""

import os

# pydantic looks for its own plug-ins through the metadata of every installed package; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
