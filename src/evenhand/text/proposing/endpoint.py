"""Asks an OpenAI-compatible endpoint (OpenAI, Ollama, vLLM, llama.cpp) one question; every failure is one clear message."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.model import BadInputError, EvenhandError
from evenhand.text.proposing.contract import SCHEMA, Question

OPENAI = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"
TIMEOUT = 120.0
TRIES = 3
SHOWN = 200
LARGEST = 2_000_000


class ModelError(EvenhandError):
    """The language model could not be asked, or did not answer as asked. What the rules drafted is not touched by that."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and what to ask. key: a local server needs none. timeout: seconds without a word from the server; tries: in all."""

    model: str
    base_url: str
    key: str | None = None
    timeout: float = TIMEOUT
    tries: int = TRIES

    @classmethod
    def of(
        cls,
        model: str,
        base_url: str | None = None,
        *,
        timeout: float = TIMEOUT,
        environment: Mapping[str, str] | None = None,
    ) -> "Endpoint":
        """An endpoint from the command line and the environment. Raises BadInputError for what can never be asked."""
        given = os.environ if environment is None else environment
        url = (base_url or given.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")
        key = given.get(KEY)
        if not model.strip():
            raise BadInputError("no model is named", hint="--llm takes the name that your endpoint knows it by")
        if not url.startswith(("http://", "https://")):
            raise BadInputError(f"{url!r} is no address of a server", hint="it begins with http:// or https://")
        if not key and url == OPENAI:
            raise BadInputError(
                "OpenAI's endpoint needs a key", hint=f"set {KEY}, or name a server of your own with --base-url"
            )
        return cls(model, url, key, timeout)

    def ask(self, question: Question) -> str:
        """The model's answer to one question, as it came. Raises ModelError, saying what to do."""
        openai = library()
        client = openai.OpenAI(
            base_url=self.base_url, api_key=self.key or "none", timeout=self.timeout, max_retries=self.tries - 1
        )
        with client:
            try:
                return self._asked(client, question, strict=True)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                pass  # an older server: it knows no schemas, or no temperature
            except openai.OpenAIError as error:
                raise self.failed(error) from None
            try:
                return self._asked(client, question, strict=False)
            except openai.OpenAIError as error:
                raise self.failed(error) from None

    def _asked(self, client: Any, question: Question, *, strict: bool) -> str:
        form = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA}}
        extra: dict[str, Any] = {"temperature": 0, "response_format": form} if strict else {}
        try:
            answer: Any = client.chat.completions.create(model=self.model, messages=question.messages, **extra)
        except ValueError as error:  # what came is no JSON at all
            raise ModelError(
                f"{self.base_url} does not speak the protocol: its answer is no JSON", hint=WHICH
            ) from error
        choices = getattr(answer, "choices", None)
        content = getattr(getattr(choices[0], "message", None), "content", None) if choices else None
        if not isinstance(content, str):
            raise ModelError(f"{self.base_url} does not speak the protocol: its answer holds no message", hint=WHICH)
        if len(content) > LARGEST:
            raise ModelError(
                f"the answer of {self.model} has {len(content):,} characters; none of it was used", hint=AGAIN
            )
        return content

    def failed(self, error: Exception) -> ModelError:
        """What went wrong, and what to do, in words; a key is never repeated."""
        openai = library()
        where = self.base_url
        if isinstance(error, openai.APITimeoutError):
            message = f"{where} did not answer within {self.timeout:g} s, {self.tries} times in a row"
            return ModelError(message, hint="try again later, or give it longer with --timeout")
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return ModelError(f"{where} refuses the key", hint=f"check {KEY}")
        if isinstance(error, openai.RateLimitError):
            message = f"{where} says that too much was asked of it, {self.tries} times in a row"
            return ModelError(
                message, hint="wait, or check the quota of your key; parts that were answered are not asked again"
            )
        if isinstance(error, openai.NotFoundError):
            return ModelError(f"{where} knows no model {self.model!r}", hint=WHICH)
        if isinstance(error, openai.APIStatusError):
            plain = " ".join(str(error.message).split()).removeprefix(f"Error code: {error.status_code} - ")
            said = self.without_key(plain)[:SHOWN]
            return ModelError(f"{where} answers with error {error.status_code}: {said}", hint=AGAIN)
        if isinstance(error, openai.APIConnectionError) and "ConnectError" not in type(error.__cause__).__name__:
            return ModelError(f"{where} breaks off its answer, {self.tries} times in a row", hint="try again later")
        if isinstance(error, openai.APIConnectionError):
            return ModelError(f"{where} cannot be reached", hint="is the server running, and is --base-url right?")
        return ModelError(f"{where} does not speak the protocol: {self.without_key(str(error))[:SHOWN]}", hint=WHICH)

    def without_key(self, words: str) -> str:
        return words.replace(self.key, "(the key)") if self.key else words


WHICH = "--base-url is the address before /chat/completions, and --llm a name that the server knows"
AGAIN = "try again, or another model"


def library() -> Any:
    """The library that speaks the protocol, or an error that names the extra."""
    try:
        import openai  # noqa: PLC0415 - heavy, and only for who asks for it
    except ImportError:
        raise BadInputError("--llm needs the library openai", hint='pip install "evenhand[llm]"') from None
    return openai
