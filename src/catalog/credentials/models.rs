//! Credentials for models.

use super::{CredentialShape, marked, shape, weak};

/// The kinds, in the order in which they are looked for.
pub(super) const MODELS: &[CredentialShape] = &[
    shape("a key of Anthropic", "sk-ant-", "w20"),
    shape("a key of OpenAI", "sk-proj-", "w20"),
    shape("a key of OpenAI", "sk-svcacct-", "w20"),
    shape("a key of OpenAI", "sk-admin-", "w40"),
    shape("a key of OpenRouter", "sk-or-v1-", "h32"),
    // OpenAI, DeepSeek and others.
    weak("a secret key", "sk-", "w20"),
    shape("a key of Groq", "gsk_", "n32"),
    shape("a key of xAI", "xai-", "n64"),
    shape("a key of Perplexity", "pplx-", "n40"),
    shape("a key of Replicate", "r8_", "n37"),
    weak("a key of Fireworks", "fw_", "n22"),
    shape("a key of NVIDIA", "nvapi-", "w60"),
    shape("a key of Tavily", "tvly-", "w28"),
    shape("a key of LangSmith", "lsv2_pt_", "h32 _ h10"),
    shape("a key of LangSmith", "lsv2_sk_", "h32 _ h10"),
    shape("a key of Langfuse", "sk-lf-", "h8 - h4 - h4 - h4 - h12"),
    shape("a key of Pinecone", "pcsk_", "n5 _ n40"),
    shape("a token of Hugging Face", "hf_", "n30"),
    shape("a token of Hugging Face", "api_org_", "n34"),
    shape("a key of Cerebras", "csk-", "n40"),
    shape("a key of Together", "tgp_v1_", "w40"),
    CredentialShape {
        is_weak: true,
        ..marked("a key of Zhipu", "h32", ".", "n16")
    },
    weak("a key of Voyage AI", "pa-", "w40"),
    shape("a key of Helicone", "sk-helicone-", "w20"),
    shape("a key of LiteLLM", "sk-litellm-", "w20"),
    shape("a key of Jina", "jina_", "n50"),
    shape("a key of Anyscale", "esecret_", "n24"),
    shape("a key of Weights & Biases", "wandb_v1_", "n20"),
    weak("a key of Firecrawl", "fc-", "h32"),
    shape("a key of Browserbase", "bb_live_", "w24"),
    shape("a key of E2B", "e2b_", "h40"),
    weak("a token of Modal", "ak-", "n22"),
    weak("a token of Modal", "as-", "n22"),
    shape("a key of RunPod", "rpa_", "n40"),
    shape("a key of Cursor", "key_", "h64"),
    shape("a key of LlamaCloud", "llx-", "n40"),
    weak("a key of Mem0", "m0-", "n40"),
    weak("a key of Composio", "ak_", "n20"),
    weak("a key of Chroma", "ck-", "n40"),
    weak("a key of Brave", "BSA", "w27"),
    shape("a token of Apify", "apify_api_", "n30"),
    shape("a token of Kaggle", "KGAT_", "h32"),
];
