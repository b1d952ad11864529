-- Colours texts by the tree-sitter grammar, in Neovim: reads `[text, …]` from the file TODOC_TEXTS,
-- with the parser TODOC_PARSER, and prints for each
-- `{ errors = [[line, column], …], spans = [[line, first byte, last byte, capture], …] }`.
vim.treesitter.language.add("todoc", { path = vim.env.TODOC_PARSER })
local folder = vim.env.TODOC_QUERIES
local function query(path)
  return vim.treesitter.query.parse("todoc", table.concat(vim.fn.readfile(path), "\n"))
end
-- Each is one that the grammar's nodes allow, those for other editors too.
for _, it in ipairs({ folder, "editors/helix/queries", "editors/zed/languages/todoc" }) do
  local files = vim.fn.glob(it .. "/*.scm", true, true)
  assert(#files > 0, "no query in " .. it)
  vim.tbl_map(query, files)
end
local highlights = query(folder .. "/highlights.scm")

local function errors(node, found)
  if node:type() == "ERROR" or node:missing() then
    local line, column = node:start()
    table.insert(found, { line, column })
  end
  for child in node:iter_children() do
    errors(child, found)
  end
  return found
end

local texts = vim.json.decode(table.concat(vim.fn.readfile(vim.env.TODOC_TEXTS), "\n"))
local answers = {}
for _, text in ipairs(texts) do
  local root = vim.treesitter.get_string_parser(text, "todoc"):parse()[1]:root()
  local spans = {}
  for id, node in highlights:iter_captures(root, text) do
    local name = highlights.captures[id]
    if not name:match("^_") and not name:match("^punctuation") and name ~= "operator" then
      local line, from, last, to = node:range()
      assert(line == last, "a capture of several lines")
      table.insert(spans, { line, from, to, name })
    end
  end
  table.insert(answers, { errors = errors(root, {}), spans = spans })
end
io.stdout:write(vim.json.encode(answers))
vim.cmd("qall!")
