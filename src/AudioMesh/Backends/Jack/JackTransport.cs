// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// The transport of a JACK server that runs already, by a client of its own that has no ports. Commands take effect no sooner than the next cycle, and
/// starting waits for slow-sync clients, of which this is one (jack/transport.h). What sounds in a cycle leaves the server's physical outputs after
/// their playback latency. libjack knows one server per process: while another one is open, opening is DeviceBusy.
/// </summary>
public sealed class JackTransport : IPeriodTransport
{
    private const int OpenTimeoutMs = 4500;
    private const int CallTimeoutMs = 2500;
    private readonly JackTransportSession _session;
    private int _isDisposed;

    /// <summary>
    /// Opens a client called <paramref name="clientName"/> on <paramref name="server"/>, or the default server where empty. Throws LibraryMissing,
    /// DeviceUnavailable, DeviceBusy, Timeout and InvalidArgument.
    /// </summary>
    public JackTransport(string server, string clientName)
    {
        LibJack jack = LibJack.Instance;
        _session = new JackTransportSession(jack, server.Length > 0 ? server : JackServers.Default);
        try
        {
            _session.Calls.Run("answer", OpenTimeoutMs, () =>
            {
                _session.Open(clientName, JackServers.IsNamed(jack, server));
                return true;
            });
        }
        catch
        {
            _session.Calls.Finish(CallTimeoutMs, _session.Dispose);
            throw;
        }
    }

    /// <inheritdoc/>
    public string Driver => JackBackend.DriverName;

    /// <summary>The server's name.</summary>
    public string Server => _session.Server;

    /// <inheritdoc/>
    public int Rate => _session.Rate;

    /// <inheritdoc/>
    public int PeriodFrames => _session.PeriodFrames;

    /// <inheritdoc/>
    public long MaxFrame => uint.MaxValue;

    /// <summary>Frames from the start of a cycle until its first sample leaves the server's physical outputs. Any thread.</summary>
    public int OutputLatencyFrames => _session.OutputLatencyFrames;

    /// <inheritdoc/>
    public long Xruns => _session.Xruns;

    /// <inheritdoc/>
    public string LostReason => _session.LostReason;

    /// <inheritdoc/>
    public bool SharesBeats => _session.Beats.IsMaster;

    /// <inheritdoc/>
    public void Run(IPeriodTransportHandler handler) => _session.Calls.Run("activate the client", CallTimeoutMs, () =>
    {
        _session.Activate(handler);
        return true;
    });

    /// <inheritdoc/>
    [RealtimeSafe]
    public void Start() => _session.Start();

    /// <inheritdoc/>
    [RealtimeSafe]
    public void Stop() => _session.Stop();

    /// <inheritdoc/>
    [RealtimeSafe]
    public void Locate(long frame) => _session.Locate((uint)Math.Clamp(frame, 0, uint.MaxValue));

    /// <inheritdoc/>
    public void ShareBeats(IBeatSource beats, BeatSharing sharing) => _session.Beats.Share(beats, sharing);

    /// <summary>Takes the client away; the transport goes on as it does.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _session.Calls.Finish(CallTimeoutMs, _session.Dispose);
        }
    }
}
