-- What a person does, without one: `nvim --headless --clean --cmd 'set rtp^=editors/neovim' FILE -l`.
-- It ends with status 0 if everything came as it should, and else says what didn't.
local function check(what, is_so, seen)
  if not is_so then
    io.stderr:write(what .. ": " .. vim.inspect(seen) .. "\n")
    vim.cmd("cquit 1")
  end
end

local function wait_for(what, of)
  local seen
  local is_so = vim.wait(10000, function()
    seen = of()
    return seen
  end, 20)
  check(what, is_so, seen)
  return seen
end

local function ask(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params(0)
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000) or {}
  for _, answer in pairs(answers) do
    check(method, not answer.err, answer.err)
    return answer.result
  end
  check(method, false, "no answer")
end

local file = vim.fn.tempname() .. ".todo"
vim.fn.writefile({
  "app notes",
  "",
  "tier web {",
  '  image "nginx:1.29"',
  "  prot 80",
  "  expose nodeport 30080",
  "}",
  "",
  "tier api {",
  '  image "api:1"',
  "  needs web",
  "  env { PAGE = web.url }",
  "}",
}, file)
vim.cmd.edit(file)
check("the type of the file", vim.bo.filetype == "todoc", vim.bo.filetype)
wait_for("the server", function()
  return vim.lsp.get_clients({ bufnr = 0, name = "todoc" })[1]
end)

-- A mistake is told of, and mended.
wait_for("the mistake", function()
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if found.code == "E0109" and found.lnum == 4 then
      return true
    end
  end
end)
vim.api.nvim_buf_set_lines(0, 4, 5, false, { "  port 80" })
wait_for("no mistake", function()
  return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0
end)

-- A line half typed is completed.
vim.api.nvim_buf_set_lines(0, 10, 10, false, { "  ne" })
local list = ask("textDocument/completion", { position = { line = 10, character = 4 } })
local labels = vim.tbl_map(function(item)
  return item.label
end, list.items)
check("a statement", vim.tbl_contains(labels, "memory"), labels)
vim.api.nvim_buf_set_lines(0, 10, 11, false, {})

-- A name is explained, hinted at and renamed.
local hover = ask("textDocument/hover", { position = { line = 11, character = 15 } })
check("the hover", hover.contents.value:find("http://notes%-web:80"), hover.contents.value)
local hints = ask("textDocument/inlayHint", {
  range = { start = { line = 0, character = 0 }, ["end"] = { line = 12, character = 0 } },
})
check("the hint", vim.inspect(hints):find("http://notes%-web:80"), hints)
vim.api.nvim_win_set_cursor(0, { 12, 15 })
vim.lsp.buf.rename("page")
wait_for("the rename", function()
  return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1] == "tier page {"
end)

-- The layout.
vim.api.nvim_buf_set_lines(0, 0, 1, false, { "app   notes" })
vim.lsp.buf.format({ timeout_ms = 10000 })
check("the layout", vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] == "app notes", "it stays")

vim.lsp.stop_client(vim.lsp.get_clients())
io.stdout:write("all came as it should\n")
vim.cmd("qall!")
