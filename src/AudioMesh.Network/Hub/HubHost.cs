// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>A hub on this machine's network: its member of the session, and the threads that mix, answer and record. Any thread.</summary>
public sealed class HubHost : IDisposable
{
    private const int MaintainMs = 5;
    private const int RecordMs = 50;
    private const int BelowDevice = 5;

    /// <summary>So many periods are caught up with one after the other; more are left out.</summary>
    private const int MostBehind = 4;

    private readonly HubDevice? _device;
    private readonly RepeatedWork _maintenance;
    private readonly RepeatedWork? _recording;
    private readonly RealtimeThread _mixing;
    private long _late;
    private long _skipped;
    private volatile bool _isStopping;
    private int _isDisposed;

    /// <summary>Begins at once. Mesh time is this host's unless another is configured to be the reference. Throws what <see cref="ToastHost"/> and <see cref="HubServer"/> throw.</summary>
    public HubHost(ToastHostOptions host, HubServerOptions options)
    {
        Toast = new ToastHost(host with
        {
            Capabilities = host.Capabilities | Capabilities.Hub,
            MaxPeers = Math.Max(host.MaxPeers, Math.Min(4096, (2 * options.Mix.MaxClients) + 16)),
            Time = host.Time with { ReferencePriority = Math.Max(host.Time.ReferencePriority, 1) },
        });
        try
        {
            Server = new HubServer(options, Toast.Session);
        }
        catch
        {
            Toast.Dispose();
            throw;
        }

        _device = options.Device;
        HubWarmUp.Run(options);
        _maintenance = new RepeatedWork("am-hub-seats", MaintainMs, Server.Maintain);
        _recording = options.RecordFolder.Length == 0 ? null : new RepeatedWork("am-hub-files", RecordMs, Server.Record);
        _mixing = RealtimeThread.Start(
            "am-hub", RealtimePriority.Device - BelowDevice, new FrameCount(Server.PeriodFrames).ToNanoseconds(Server.Rate), MixPeriods);
        try
        {
            _device?.Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The member of the session that it is. Its end is this one's.</summary>
    public ToastHost Toast { get; }

    /// <summary>Its clients.</summary>
    public HubServer Server { get; }

    /// <summary>What priority the mixing thread got.</summary>
    public RealtimeGrant Grant => _mixing.Grant;

    /// <summary>Periods that were not done when the next one was due.</summary>
    public long LatePeriods => Volatile.Read(ref _late);

    /// <summary>Periods that were left out because there was no time for them.</summary>
    public long SkippedPeriods => Volatile.Read(ref _skipped);

    /// <summary>Ends: stops the device, finishes recordings, says goodbye.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _device?.Dispose();
        _isStopping = true;
        _mixing.Join(Timeout.Infinite);
        _maintenance.Dispose();
        _recording?.Dispose();
        Server.Dispose();
        Toast.Dispose();
    }

    private void MixPeriods()
    {
        int frames = Server.PeriodFrames;
        HubPace pace = new(Toast.Session.Timebase, Server.Rate, frames, MeshClock.Now, _device);
        while (!_isStopping)
        {
            DeadlineTimer.WaitUntil(pace.Due);
            if (pace.Missed(MeshClock.Now, MostBehind) is > 0 and int missed)
            {
                Volatile.Write(ref _skipped, _skipped + missed);
                Server.Skip((long)missed * frames);
                pace.Advance(missed);
            }

            Server.Process(pace.Due);
            pace.Advance();
            if (MeshClock.Now > pace.Due)
            {
                Volatile.Write(ref _late, _late + 1);
            }
        }
    }
}
