"""The stubs agree with the module, and every public thing has one."""

import ast
import inspect
import re
import unittest

import chainsim
from chainsim import _chainsim
from support import ROOT, Case

PACKAGE = ROOT / "engine/apps/python/chainsim"
DECLARED = ast.parse((PACKAGE / "_chainsim.pyi").read_text(encoding="utf-8"))
FUNCTION = ast.FunctionDef


def stub_arguments(function):
    """-> names of the arguments that may stand by place, and of those by name alone."""
    return [one.arg for one in function.args.args], [one.arg for one in function.args.kwonlyargs]


def split(arguments):
    """Parts between commas that stand in no bracket."""
    parts, depth, begin = [], 0, 0
    for at, letter in enumerate(arguments):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(arguments[begin:at])
            begin = at + 1
    return [part.strip() for part in [*parts, arguments[begin:]] if part.strip()]


def module_arguments(function):
    """The same of a function of pybind11, whose first line of help is its signature."""
    found = re.match(r"\w+\((.*)\) -> ", function.__doc__.splitlines()[0])
    by_place, by_name, names = [], [], None
    names = by_place
    for part in split(found.group(1)):
        if part == "*":
            names = by_name
        else:
            names.append(re.split(r"[:=]", part)[0].strip())
    return by_place, by_name


def public(names):
    """Without what Python and pybind11 add of their own."""
    kept = {"__getitem__", "__contains__", "__iter__", "__len__", "__repr__"}
    return {name for name in names if not name.startswith("_") or name in kept}


class Stubs(Case):
    """Each class, function and argument."""

    def classes(self):
        for node in DECLARED.body:
            if isinstance(node, ast.ClassDef):
                yield node, getattr(_chainsim, node.name)

    def test_every_class_and_function_is_in_the_stub(self):
        told = {node.name for node in DECLARED.body if isinstance(node, (ast.ClassDef, FUNCTION))}
        there = {
            name
            for name, one in vars(_chainsim).items()
            if inspect.isclass(one) or inspect.isroutine(one)
        }
        self.assertEqual(told, {name for name in there if not name.startswith("__")})

    def test_every_member_is_in_the_stub(self):
        for node, kind in self.classes():
            told = {one.name for one in node.body if isinstance(one, FUNCTION)}
            own = {name for name in vars(kind) if name != "__repr__" or "chainsim" in repr(kind)}
            self.assertEqual(public(told), public(own), node.name)

    def test_properties_are_properties(self):
        for node, kind in self.classes():
            for one in node.body:
                if isinstance(one, FUNCTION):
                    is_told = any(ast.unparse(each) == "property" for each in one.decorator_list)
                    is_one = isinstance(vars(kind)[one.name], property)
                    self.assertEqual(is_told, is_one, f"{node.name}.{one.name}")

    def test_functions_have_the_arguments_of_the_stub(self):
        for node in DECLARED.body:
            if isinstance(node, FUNCTION):
                found = module_arguments(getattr(_chainsim, node.name))
                self.assertEqual(stub_arguments(node), found, node.name)

    def test_methods_have_the_arguments_of_the_stub(self):
        for node, kind in self.classes():
            for one in node.body:
                # Those of operators have no names in the module.
                if isinstance(one, FUNCTION) and not one.name.startswith("__"):
                    member = vars(kind)[one.name]
                    if not isinstance(member, property):
                        told, by_name = stub_arguments(one)
                        found, found_by_name = module_arguments(member)
                        self.assertEqual(told[1:], found[1:], f"{node.name}.{one.name}")
                        self.assertEqual(by_name, found_by_name, f"{node.name}.{one.name}")

    def test_defaults_are_those_of_the_stub(self):
        compared = set()
        for node in DECLARED.body:
            if not isinstance(node, FUNCTION):
                continue
            line = getattr(_chainsim, node.name).__doc__.splitlines()[0]
            shown = dict(re.findall(r"(\w+): [\w.\[\], ]+ = ('[^']*'|[\w.e+-]+)", line))
            by_name = zip(node.args.kwonlyargs, node.args.kw_defaults)
            placed = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            for argument, default in [*zip(placed, node.args.defaults), *by_name]:
                if default is None or not isinstance(default, ast.Constant) or default.value is ...:
                    continue
                if argument.arg in shown:
                    compared.add(argument.arg)
                    stated = ast.literal_eval(shown[argument.arg])
                    self.assertEqual(default.value, stated, f"{node.name}, {argument.arg}")
        # Should pybind11 word signatures otherwise, nothing would be compared.
        self.assertLessEqual({"n", "seed", "method", "threads", "allocation"}, compared)

    def test_signatures_name_classes_of_python_alone(self):
        for _, kind in self.classes():
            for name, member in vars(kind).items():
                self.assertNotIn("::", getattr(member, "__doc__", None) or "", f"{kind}.{name}")
        for name, one in vars(_chainsim).items():
            if inspect.isroutine(one):
                self.assertNotIn("::", one.__doc__ or "", name)


class Package(Case):
    """What `import chainsim` gives."""

    def test_all_that_is_promised_is_there(self):
        for name in chainsim.__all__:
            self.assertTrue(hasattr(chainsim, name), name)

    def test_all_of_the_module_is_promised(self):
        told = {node.name for node in DECLARED.body if isinstance(node, (ast.ClassDef, FUNCTION))}
        self.assertLessEqual({name for name in told if not name.startswith("_")}, set(chainsim.__all__))
        errors = {
            name
            for name, one in vars(chainsim.errors).items()
            if inspect.isclass(one) and one.__module__ == "chainsim.errors"
        }
        self.assertLessEqual(errors, set(chainsim.__all__))

    def test_everything_public_has_a_help_text(self):
        for name in chainsim.__all__:
            if name not in ("__version__", "commit"):
                self.assertTrue(inspect.getdoc(getattr(chainsim, name)), name)

    def test_it_says_that_it_is_typed(self):
        self.assertTrue((PACKAGE / "py.typed").exists())

    def test_the_version_is_that_of_the_project(self):
        text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        self.assertIn(f"VERSION {chainsim.__version__}\n", text)


if __name__ == "__main__":
    unittest.main()
