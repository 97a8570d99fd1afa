"""YAML without the C library: the parser of PyYAML, made to judge as libyaml does where the two differ.

The verdict about a file must not hang on what is installed where it is read.
"""

from __future__ import annotations

from typing import Any

import yaml

BLANK = "\0 \t\r\n\x85\u2028\u2029"
IN_BRACKETS = ",[]{}"  # these end a text without quotes that stands within brackets


class InPython(yaml.Loader):
    """The parser of PyYAML with another idea of text without quotes within brackets.

    Such a text may hold a question mark, which PyYAML takes for an end, and no colon right before a bracket, a comma or
    a question mark, which PyYAML takes for the colon of a pair. And a remark may follow at once on the sign of a block.

    References
    ----------
    libyaml 0.2.5, `yaml_parser_scan_plain_scalar` and `yaml_parser_scan_block_scalar`.
    """

    def scan_plain(self) -> Any:
        """A text without quotes."""
        parts: list[str] = []
        spaces: list[str] = []
        begin = end = self.get_mark()
        while self.peek() != "#" and (length := self.plain_length(begin)):
            self.allow_simple_key = False
            parts += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, begin) or []
            if not spaces or (not self.flow_level and self.column <= self.indent):
                break
        return yaml.ScalarToken("".join(parts), True, begin, end)

    def plain_length(self, begin: Any) -> int:
        """How many characters of it stand before the next blank or its end."""
        length = 0
        while (sign := self.peek(length)) not in BLANK and not (self.flow_level and sign in IN_BRACKETS):
            if sign == ":":
                after = self.peek(length + 1)
                if after in BLANK:
                    break
                if self.flow_level and after in f"{IN_BRACKETS}?":
                    raise yaml.scanner.ScannerError(
                        "while scanning a plain scalar", begin, "found unexpected ':'", self.get_mark()
                    )
            length += 1
        return length

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """What stands behind the sign of a block of text: whether its line ends stay, and how far it is indented."""
        stays: bool | None = None
        indent: int | None = None
        for _ in range(2):
            sign = self.peek()
            if sign in "+-" and stays is None:
                stays = sign == "+"
            elif sign in "123456789" and indent is None:
                indent = int(sign)
            else:
                break
            self.forward()
        if self.peek() not in f"{BLANK}#":  # a remark may follow at once
            said = "did not find expected comment or line break"
            raise yaml.scanner.ScannerError("while scanning a block scalar", start_mark, said, self.get_mark())
        return stays, indent
