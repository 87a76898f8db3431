// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>
/// One opening of a device as the device's threads see it: they run blocks through it and tell it what happens. Every opening has
/// its own, so a thread of a server that came to late out of a hang speaks to a stream nobody listens to any more.
/// </summary>
internal sealed class DeviceStream
{
    private readonly EventQueue<DeviceEvent> _events;
    private readonly Lock _infoLock = new();
    private IRenderCallback? _source;
    private volatile StreamInfo? _info;
    private string? _lostReason;
    private Exception? _fault;
    private int _state = (int)BackendState.Open;
    private int _inside;
    private int _detached;
    private int _xruns;
    private long _xrunFrames;
    private long _blocks;
    private long _beats;

    public DeviceStream(EventQueue<DeviceEvent> events) => _events = events;

    /// <summary>Open, Running or Lost. Any thread.</summary>
    public BackendState State => (BackendState)Volatile.Read(ref _state);

    /// <summary>What is open; null until the device told. Any thread.</summary>
    public StreamInfo? Info => _info;

    /// <summary>Why the state is Lost; empty while it is not. Any thread.</summary>
    public string LostReason => _fault is { } fault ? $"{_lostReason} {fault.GetType().Name}: {fault.Message}" : _lostReason ?? "";

    /// <summary>Blocks rendered. Any thread.</summary>
    public long Blocks => Volatile.Read(ref _blocks);

    /// <summary>Calls of the device, rendered or not: its sign of life. Any thread.</summary>
    public long Beats => Volatile.Read(ref _beats);

    /// <summary>Whether the device thread is in the render callback now. Any thread.</summary>
    public bool IsRendering => Volatile.Read(ref _inside) != 0;

    /// <summary>Says what was opened and who renders. Control thread, before it runs.</summary>
    public void Configure(StreamInfo info, IRenderCallback source)
    {
        RealtimeCode.Prepare(source.GetType());
        _source = source;
        lock (_infoLock)
        {
            _info = info;
        }
    }

    /// <summary>Changes what <see cref="Info"/> says. Any thread but the device's.</summary>
    public void Update(Func<StreamInfo, StreamInfo> change)
    {
        lock (_infoLock)
        {
            _info = _info is { } info ? change(info) : null;
        }
    }

    /// <summary>Lets blocks through to the renderer: Open becomes Running. Control thread.</summary>
    public void Run()
    {
        Interlocked.Exchange(ref _xruns, 0);
        Interlocked.Exchange(ref _xrunFrames, 0);
        Interlocked.CompareExchange(ref _state, (int)BackendState.Running, (int)BackendState.Open);
    }

    /// <summary>When it returns no block is being rendered and none will be: Running becomes Open. Control thread.</summary>
    public void Hold()
    {
        // A full fence on both sides: either Render sees the state, or it is seen here to be inside.
        Interlocked.CompareExchange(ref _state, (int)BackendState.Open, (int)BackendState.Running);
        while (IsRendering)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Makes deaf to whatever its device still says. Control thread.</summary>
    public void Detach()
    {
        Hold();
        Interlocked.Exchange(ref _detached, 1);
    }

    /// <summary>
    /// Runs one period: silences the outputs, adds the xruns since the last block and calls the renderer. Returns false, leaving
    /// silence, while the stream is not running. Device thread only.
    /// </summary>
    [RealtimeSafe]
    public bool Render(ref DeviceBlock block)
    {
        Silence(in block);
        Volatile.Write(ref _beats, _beats + 1);
        Interlocked.Exchange(ref _inside, 1);
        bool runs = Volatile.Read(ref _state) == (int)BackendState.Running;
        if (runs)
        {
            block.Xruns += Interlocked.Exchange(ref _xruns, 0);
            block.XrunFrames += Interlocked.Exchange(ref _xrunFrames, 0);
            Call(in block);
            Volatile.Write(ref _blocks, _blocks + 1);
        }

        Volatile.Write(ref _inside, 0);
        return runs;
    }

    /// <summary>Counts an xrun into the next block and raises its event. Any thread.</summary>
    [RealtimeSafe]
    public void ReportXrun(long microseconds, long frames)
    {
        Interlocked.Increment(ref _xruns);
        Interlocked.Add(ref _xrunFrames, frames);
        Raise(DeviceEventKind.Xrun, microseconds);
    }

    /// <summary>Raises an event at the present time. Any thread.</summary>
    [RealtimeSafe]
    public void Raise(DeviceEventKind kind, long value)
    {
        if (Volatile.Read(ref _detached) == 0)
        {
            _events.TryPush(new DeviceEvent(kind, MeshClock.Now, value));
        }
    }

    /// <summary>Declares the device lost, once, and raises the event. Any thread; the device thread passes a constant text.</summary>
    [RealtimeSafe]
    public void Lose(AudioErrorKind kind, string reason)
    {
        if (Volatile.Read(ref _detached) == 0 && Interlocked.CompareExchange(ref _lostReason, reason, null) is null)
        {
            Interlocked.Exchange(ref _state, (int)BackendState.Lost);
            Raise(DeviceEventKind.Lost, (long)kind);
        }
    }

    [RealtimeSafe]
    private void Call(in DeviceBlock block)
    {
        try
        {
            _source!.Render(in block);
        }
        catch (Exception fault)
        {
            // An exception must not leave into a device's native thread: that would end the process.
            _fault = fault;
            Silence(in block);
            Lose(AudioErrorKind.Internal, "The render callback threw.");
        }
    }

    [RealtimeSafe]
    private static unsafe void Silence(in DeviceBlock block)
    {
        for (int channel = 0; channel < block.OutputChannels; channel++)
        {
            new Span<float>(block.Outputs[channel], block.Frames).Clear();
        }
    }
}
