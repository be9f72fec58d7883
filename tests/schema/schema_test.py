"""What models/schema.json says of the files of the project, and of files with a slip in them."""

import copy
import json
import pathlib
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Strings(yaml.CSafeLoader):
    """Dates are texts, as the loader of chainsim has them; years stay whole numbers."""


Strings.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def keys_as_texts(node):
    """JSON knows no other keys; years are keys of paths."""
    if isinstance(node, dict):
        return {str(key): keys_as_texts(value) for key, value in node.items()}
    if isinstance(node, list):
        return [keys_as_texts(value) for value in node]
    return node


def read(path):
    return keys_as_texts(yaml.load(path.read_text(encoding="utf-8"), Loader=Strings))


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        schema = json.loads((ROOT / "models/schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        cls.validator = jsonschema.Draft7Validator(schema)

    def test_every_file_of_the_project_is_accepted(self):
        files = sorted((ROOT / "models").rglob("*.yaml")) + sorted((ROOT / "scenarios").rglob("*.yaml"))
        self.assertGreater(len(files), 30)
        for path in files:
            with self.subTest(path=str(path.relative_to(ROOT))):
                found = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in self.validator.iter_errors(read(path))]
                self.assertEqual(found[:5], [])

    def refused(self, path, change):
        document = copy.deepcopy(read(ROOT / path))
        change(document)
        return not self.validator.is_valid(document)

    def test_a_slip_is_found(self):
        plants = "scenarios/tutorial/plants.yaml"
        plant = next(iter(read(ROOT / plants)["facilities"]))
        self.assertTrue(self.refused(plants, lambda d: d["facilities"][plant].update(capacty="1 kt/a")))
        self.assertTrue(self.refused(plants, lambda d: d["facilities"][plant].pop("process")))
        self.assertTrue(self.refused(plants, lambda d: d.update(format="chainsim.study/2")))
        self.assertTrue(self.refused(plants, lambda d: d.update(facilites={})))


if __name__ == "__main__":
    unittest.main()
