"""The language server, as the clients of others meet it: `pytest-lsp tests/lsp`, the pytest that `tests/tools`
installs. Its library knows what each editor says of itself, and holds answers to that and to the protocol.
`TODOC` names the program, else target/debug/todoc.
"""

import os
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

ROOT = Path(__file__).resolve().parents[2]
TODOC = os.environ.get("TODOC", str(ROOT / "target/debug/todoc"))
# What an editor doesn't say it takes, it is never given.
pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")
PROFILES = [
    *["visual_studio_code@1.65.2", "emacs@29.1"],
    *[f"neovim@{version}" for version in ("0.6.1", "0.7.0", "0.8.0", "0.9.1", "0.10.0", "0.11.0")],
]
URI = "file:///nowhere/app.todo"
TEXT = (ROOT / "examples/todo.todo").read_text()
DOCUMENT = types.TextDocumentIdentifier(uri=URI)


@pytest_lsp.fixture(params=PROFILES, config=ClientServerConfig(server_command=[TODOC, "lsp"]))
async def client(request, lsp_client: LanguageClient):
    # Some let the server register what it watches; the library doesn't take that by itself.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        assert all(it.method.startswith(("workspace/", "textDocument/")) for it in params.registrations)

    capabilities = client_capabilities(request.param)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


def at(needle: str) -> dict:
    """The place of a needle, as the parameters of a request. The example has one byte a column."""
    before = TEXT[: TEXT.index(needle)]
    line = before.count("\n")
    position = types.Position(line=line, character=len(before) - before.rfind("\n") - 1)
    return {"text_document": DOCUMENT, "position": position}


async def told(client: LanguageClient, text: str, version: int) -> list[types.Diagnostic]:
    """What the server says of a text that is opened, or of its next version."""
    if version == 1:
        item = types.TextDocumentItem(uri=URI, language_id="todoc", version=version, text=text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    else:
        document = types.VersionedTextDocumentIdentifier(uri=URI, version=version)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[whole])
        )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[URI])


@pytest.mark.asyncio
async def test_a_session(client: LanguageClient):
    found = await told(client, TEXT, 1)
    assert not [it for it in found if it.severity == types.DiagnosticSeverity.Error]

    wrong = await told(client, TEXT.replace("port 8000", "prot 8000"), 2)
    assert [it for it in wrong if it.severity == types.DiagnosticSeverity.Error]
    await told(client, TEXT, 3)

    for needle in ["port 8000", "replicas", "env {", "\ntarget"]:
        offered = await client.text_document_completion_async(types.CompletionParams(**at(needle)))
        assert offered and offered.items, needle
    hover = await client.text_document_hover_async(types.HoverParams(**at("port 8000")))
    assert "8000" in str(hover.contents) or "port" in str(hover.contents)
    await client.text_document_signature_help_async(types.SignatureHelpParams(**at("8000")))

    name = at("backend {")
    declared = await client.text_document_definition_async(types.DefinitionParams(**at("backend.url")))
    assert declared
    context = types.ReferenceContext(include_declaration=True)
    references = await client.text_document_references_async(types.ReferenceParams(**name, context=context))
    assert len(references) > 1
    assert await client.text_document_document_highlight_async(types.DocumentHighlightParams(**name))
    assert await client.text_document_prepare_rename_async(types.PrepareRenameParams(**name))
    edit = await client.text_document_rename_async(types.RenameParams(**name, new_name="server"))
    assert edit.changes or edit.document_changes
    hierarchy = await client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(**name))
    item = types.CallHierarchyIncomingCallsParams(item=hierarchy[0])
    assert await client.call_hierarchy_incoming_calls_async(item)


@pytest.mark.asyncio
async def test_the_whole_text(client: LanguageClient):
    await told(client, TEXT, 1)
    only = {"text_document": DOCUMENT}
    everything = types.Range(start=types.Position(0, 0), end=types.Position(TEXT.count("\n"), 0))
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    context = types.CodeActionContext(diagnostics=[])
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(**only))
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(**only))
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(**only))
    assert tokens.data and len(tokens.data) % 5 == 0
    assert await client.text_document_inlay_hint_async(types.InlayHintParams(**only, range=everything))
    # It is formatted.
    assert not await client.text_document_formatting_async(types.DocumentFormattingParams(**only, options=options))
    await client.text_document_document_link_async(types.DocumentLinkParams(**only))
    await client.text_document_code_lens_async(types.CodeLensParams(**only))
    await client.text_document_code_action_async(
        types.CodeActionParams(**only, range=everything, context=context)
    )
    position = types.Position(20, 4)
    ranges = types.SelectionRangeParams(**only, positions=[position])
    assert await client.text_document_selection_range_async(ranges)
    assert await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="backend")) is not None
