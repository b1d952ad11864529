-- The language server, for `vim.lsp.enable("todoc")` of Neovim 0.11.
return {
  cmd = { "todoc", "lsp" },
  filetypes = { "todoc" },
  root_markers = { ".git" },
  settings = { todoc = {} },
}
