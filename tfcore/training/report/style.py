"""How the page looks: the window's calm greys, dark where the reader's system is."""

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --pale: #666; --page: #f5f5f4; --card: #fff; --line: #e2e2e0;
  --accent: #0072b2; --warn: #8a5a00; --warn-page: #fdf6e7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e6; --pale: #a0a09c; --page: #1b1b1c; --card: #262627;
  --line: #3a3a3b; --accent: #6cb6e6; --warn: #ecc070; --warn-page: #2f2a1f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 64px; }
header p { margin: 0; color: var(--pale); }
h1 { margin: 2px 0 4px; font-size: 28px; line-height: 1.2; font-weight: 600; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 15px; font-weight: 600; }
section, .tiles > div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
section { padding: 18px 20px; margin-top: 16px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px; margin-top: 20px; }
.tiles > div { padding: 12px 16px; display: flex; flex-direction: column; }
.tiles span, .tiles small { color: var(--pale); font-size: 13px; }
.tiles b { font-size: 25px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.notes { margin: 16px 0 0; padding: 12px 20px 12px 36px; background: var(--warn-page); color: var(--warn);
  border-radius: 10px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); column-gap: 16px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th { color: var(--pale); font-weight: 500; font-size: 13px; }
tbody tr:last-child td { border-bottom-color: var(--pale); }
tfoot td { color: var(--pale); border-bottom: 0; }
tfoot tr:first-child td { padding-top: 9px; }
figure { margin: 0; text-align: center; }
figure img { max-width: 100%; max-height: 430px; border-radius: 6px; background: #fff; }
figcaption { color: var(--pale); font-size: 13px; margin-top: 8px; text-align: left; }
dl { display: grid; grid-template-columns: minmax(150px, max-content) 1fr; gap: 4px 20px; margin: 8px 0 0; }
dt { color: var(--pale); }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--accent); }
p { margin: 12px 0 0; }
@media print { body { background: #fff; } section { break-inside: avoid; } }
"""
