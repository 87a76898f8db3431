// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AudioMesh.Control;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>The engine in libaudiomesh, with a heap of its own.</summary>
internal sealed class IsolatedDoor : IEngineDoor
{
    private const int EventPollMs = 100;
    private const int InitialBytes = 16 << 10;

    private readonly LibAudioMesh _library;
    private readonly unsafe am_engine* _engine;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Thread _pump;
    private volatile bool _isStopping;

    private unsafe IsolatedDoor(LibAudioMesh library, am_engine* engine)
    {
        _library = library;
        _engine = engine;
        _pump = new Thread(PumpEvents) { IsBackground = true, Name = "am-events" };
        _pump.Start();
    }

    /// <summary>Loads the library and makes an engine. Throws LibraryMissing.</summary>
    public static unsafe IsolatedDoor Open(string? libraryPath)
    {
        LibAudioMesh library = EngineLibrary.Load(libraryPath);
        am_engine* engine;
        Check(library, library.am_engine_create(null, 0, &engine));
        return new IsolatedDoor(library, engine);
    }

    public async Task<DoorReply> RequestAsync(byte[] request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            return new DoorReply(await Task.Run(() => Request(request), CancellationToken.None).ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<byte[]?> NextEventAsync(CancellationToken cancellation)
    {
        while (await _events.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            if (_events.Reader.TryRead(out byte[]? line))
            {
                return line;
            }
        }

        return null;
    }

    public unsafe FrameRing AttachRing(int nodeId, JsonElement ring, DescriptorExchange? descriptors)
    {
        void* memory;
        ulong bytes;
        Check(_library, _library.am_node_ring(_engine, (uint)nodeId, &memory, &bytes));
        return FrameRing.Attach(memory, (long)bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        if (!_isStopping)
        {
            _isStopping = true;
            await Task.Run(Destroy).ConfigureAwait(false);
        }

        _turn.Release();
    }

    private static unsafe void Check(LibAudioMesh library, am_status status)
    {
        if (status == am_status.AM_OK)
        {
            return;
        }

        Span<byte> text = stackalloc byte[1024];
        fixed (byte* start = text)
        {
            library.am_last_error(start, (ulong)text.Length);
        }

        text = text[..text.IndexOf((byte)0)];
        throw new AudioMeshException((AudioErrorKind)(int)status, Encoding.UTF8.GetString(text));
    }

    private unsafe byte[] Request(byte[] request)
    {
        byte[] reply = new byte[InitialBytes];
        ulong length;
        am_status status;
        fixed (byte* from = request)
        fixed (byte* to = reply)
        {
            status = _library.am_engine_request(_engine, from, (ulong)request.Length, to, (ulong)reply.Length, &length);
        }

        if (status == am_status.AM_ERROR_LIMIT_EXCEEDED && length > (ulong)reply.Length)
        {
            reply = new byte[length];
            fixed (byte* to = reply)
            {
                status = _library.am_engine_request(_engine, null, 0, to, (ulong)reply.Length, &length);
            }
        }

        Check(_library, status);
        return reply[..(int)length];
    }

    private unsafe void PumpEvents()
    {
        byte[] buffer = new byte[InitialBytes];
        while (!_isStopping)
        {
            ulong length;
            am_status status;
            fixed (byte* start = buffer)
            {
                status = _library.am_engine_next_event(_engine, start, (ulong)buffer.Length, &length, EventPollMs);
            }

            if (status == am_status.AM_OK)
            {
                _events.Writer.TryWrite(buffer[..(int)length]);
            }
            else if (status == am_status.AM_ERROR_LIMIT_EXCEEDED)
            {
                buffer = new byte[length];
            }
            else if (status != am_status.AM_ERROR_TIMEOUT)
            {
                break;
            }
        }

        _events.Writer.TryComplete();
    }

    private unsafe void Destroy()
    {
        _pump.Join();
        _library.am_engine_destroy(_engine);
    }
}
