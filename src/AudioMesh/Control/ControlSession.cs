// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Engine;

namespace AudioMesh.Control;

/// <summary>
/// One client's conversation with an engine: JSON requests in, replies and subscribed events out (docs/control-protocol.md).
/// It trusts nothing it is sent: a request that cannot be carried out changes nothing and gets an error with a stable code.
/// </summary>
public sealed class ControlSession : IDisposable
{
    /// <summary>The longest request, in bytes.</summary>
    public const int MaxRequestBytes = 65536;

    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 8 };
    private static readonly JsonWriterOptions WriteOptions = new() { SkipValidation = true };

    private readonly ControlCommands _commands;
    private readonly EventSubscription _subscription;
    private Task<bool>? _wait;

    /// <summary>A conversation with <paramref name="engine"/>, which it does not own; no events are subscribed.</summary>
    public ControlSession(AudioEngine engine)
    {
        _subscription = engine.Subscribe();
        _commands = new ControlCommands(engine, _subscription);
    }

    /// <summary>Carries out one request and writes its reply. Never throws for what the request says. One thread at a time.</summary>
    public void Handle(ReadOnlyMemory<byte> request, IBufferWriter<byte> reply)
    {
        ArrayBufferWriter<byte> body = new(256);
        try
        {
            using JsonDocument document = Parse(request);
            Answer(document.RootElement, body);
        }
        catch (AudioMeshException error)
        {
            body.ResetWrittenCount();
            using Utf8JsonWriter writer = new(body, WriteOptions);
            ErrorWriter.WriteReply(writer, error, null);
        }

        reply.Write(body.WrittenSpan);
    }

    /// <summary>Waits for the next subscribed event and writes it; false when the engine or this ended. One thread at a time.</summary>
    public async ValueTask<bool> NextEventAsync(IBufferWriter<byte> output, CancellationToken cancellation)
    {
        while (await _subscription.Events.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            if (TryNextEvent(output))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the next subscribed event if there is one. One thread at a time.</summary>
    public bool TryNextEvent(IBufferWriter<byte> output)
    {
        if (!_subscription.Events.TryRead(out EngineEvent? engineEvent))
        {
            return false;
        }

        using Utf8JsonWriter writer = new(output, WriteOptions);
        EventWriter.Write(writer, engineEvent);
        return true;
    }

    /// <summary>
    /// Waits up to <paramref name="timeoutMs"/> (-1: for ever) for the next subscribed event and writes it; false when none came. Throws InvalidState
    /// when the engine or this ended. One thread at a time.
    /// </summary>
    public bool TryNextEvent(IBufferWriter<byte> output, int timeoutMs)
    {
        while (!TryNextEvent(output))
        {
            _wait ??= _subscription.Events.WaitToReadAsync().AsTask();
            if (!_wait.Wait(timeoutMs))
            {
                return false;
            }

            bool hasMore = _wait.Result;
            _wait = null;
            if (!hasMore)
            {
                throw new AudioMeshException(AudioErrorKind.InvalidState, "The engine has ended.");
            }
        }

        return true;
    }

    /// <summary>Ends the conversation.</summary>
    public void Dispose() => _subscription.Dispose();

    private static JsonDocument Parse(ReadOnlyMemory<byte> request)
    {
        if (request.Length > MaxRequestBytes)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is longer than {MaxRequestBytes} bytes.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request, ParseOptions);
        }
        catch (JsonException error)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is not JSON: {error.Message}");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new AudioMeshException(AudioErrorKind.Protocol, "The request is not a JSON object.");
        }

        return document;
    }

    private void Answer(JsonElement root, ArrayBufferWriter<byte> body)
    {
        RequestReader request = new(root);
        using Utf8JsonWriter writer = new(body, WriteOptions);
        try
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", true);
            _commands.Run(request, writer);
            ErrorWriter.WriteTag(writer, request);
            writer.WriteEndObject();
        }
        catch (Exception error) when (Named(error) is { } named)
        {
            writer.Reset();
            body.ResetWrittenCount();
            ErrorWriter.WriteReply(writer, named, request);
        }
    }

    private static AudioMeshException? Named(Exception error) => error switch
    {
        AudioMeshException named => named,
        ObjectDisposedException => new AudioMeshException(AudioErrorKind.InvalidState, "The engine has ended.", error),

        // Lone surrogates pass the parser and fail when read as text.
        InvalidOperationException => new AudioMeshException(AudioErrorKind.Protocol, "A text in the request is not valid UTF-8.", error),
        _ => null,
    };
}
