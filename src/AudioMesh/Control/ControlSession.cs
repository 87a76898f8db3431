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
    /// <summary>The longest request, in bytes: room for a graph of some thousand nodes.</summary>
    public const int MaxRequestBytes = 1 << 20;

    private static readonly JsonWriterOptions WriteOptions = new() { SkipValidation = true };

    private const int UsualReplyBytes = 4096;
    private const int MostKeptBytes = 1 << 16;

    private readonly ControlSessionOptions _options;
    private readonly ControlCommands _commands;
    private readonly RequestDocument _document = new();
    private readonly RequestContext _context;
    private readonly Utf8JsonWriter _writer;
    private readonly Utf8JsonWriter _eventWriter;
    private ArrayBufferWriter<byte> _body = new(UsualReplyBytes);
    private readonly EventSubscription _subscription;
    private Task<bool>? _wait;
    private long _droppedSaid;

    /// <summary>A conversation with <paramref name="engine"/>, which it does not own; no events are subscribed.</summary>
    public ControlSession(AudioEngine engine, ControlSessionOptions? options = null)
    {
        _options = options ?? new ControlSessionOptions();
        _subscription = engine.Subscribe();
        _commands = new ControlCommands(engine, _subscription, _options);
        _context = new RequestContext(_options.Access);
        _writer = new Utf8JsonWriter(_body, WriteOptions);
        _eventWriter = new Utf8JsonWriter(_body, WriteOptions);
    }

    internal long EventsDropped => _subscription.Dropped;

    /// <summary>Called whenever an event has come, on the thread that reports it; null for nobody.</summary>
    internal Action? OnEvent
    {
        set => _subscription.OnOffer = value;
    }

    /// <summary>
    /// Carries out one request and writes its reply. <paramref name="descriptors"/>, which stays the caller's, holds what came with the request and then what goes
    /// back with the reply; null where the door carries none. Never throws for what the request says. One thread at a time.
    /// </summary>
    public void Handle(ReadOnlyMemory<byte> request, IBufferWriter<byte> reply, DescriptorExchange? descriptors = null)
    {
        _body.ResetWrittenCount();
        try
        {
            _context.Descriptors = descriptors;
            Answer(new RequestReader(Parse(request), _context));
        }
        catch (AudioMeshException error)
        {
            _body.ResetWrittenCount();
            ErrorWriter.WriteReply(_body, _options.Access.TryCharge() ?? error);
        }
        finally
        {
            _context.Descriptors = null;
            _document.Release();
        }

        reply.Write(_body.WrittenSpan);
        if (_body.Capacity > MostKeptBytes)
        {
            _body = new ArrayBufferWriter<byte>(UsualReplyBytes);
        }
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
        if (!_subscription.Events.TryPeek(out EngineEvent? engineEvent))
        {
            return false;
        }

        long dropped = _subscription.Dropped;
        bool hasLost = dropped > _droppedSaid;
        if (!hasLost && !_subscription.Events.TryRead(out engineEvent))
        {
            return false;
        }

        _eventWriter.Reset(output);
        if (hasLost)
        {
            EventWriter.WriteDropped(_eventWriter, dropped - _droppedSaid);
            _droppedSaid = dropped;
        }
        else
        {
            EventWriter.Write(_eventWriter, engineEvent);
        }

        _eventWriter.Flush();
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

    private RequestElement Parse(ReadOnlyMemory<byte> request)
    {
        if (request.Length > MaxRequestBytes)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is longer than {MaxRequestBytes} bytes.");
        }

        try
        {
            _document.Read(request);
        }
        catch (JsonException error)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is not JSON: {error.Message}");
        }

        return _document.Root.IsObject ? _document.Root : throw new AudioMeshException(AudioErrorKind.Protocol, "The request is not a JSON object.");
    }

    private void Answer(RequestReader request)
    {
        _writer.Reset(_body);
        try
        {
            _writer.WriteStartObject();
            _writer.WriteBoolean("ok", true);
            request.Access.Charge(request);
            _commands.Run(request, _writer);
            ErrorWriter.WriteTag(_writer, request);
            _writer.WriteEndObject();
        }
        catch (Exception error)
        {
            AudioMeshException named = Named(error);
            _body.ResetWrittenCount();
            _writer.Reset(_body);
            request.Descriptors?.TakeBack();
            ErrorWriter.WriteReply(_writer, named, request);
        }

        _writer.Flush();
    }

    private static AudioMeshException Named(Exception error) => error switch
    {
        AudioMeshException named => named,
        ObjectDisposedException => new AudioMeshException(AudioErrorKind.InvalidState, "The engine has ended.", error),

        // Lone surrogates pass the parser and fail when read as text.
        InvalidOperationException => new AudioMeshException(AudioErrorKind.Protocol, "A text in the request is not valid UTF-8.", error),
        _ => new AudioMeshException(AudioErrorKind.Internal, $"{error.GetType().Name}: {error.Message}", error),
    };
}
