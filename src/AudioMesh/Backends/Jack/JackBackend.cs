// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Output and input through a JACK server (JACK 1, JACK 2 or PipeWire) that runs already; it never starts one. The device name is the server's
/// name; the period is always the server's. Between <see cref="AudioBackend.Stop"/> and <see cref="AudioBackend.Close"/> the
/// client stays in the graph, connected and silent. After a loss the next <see cref="AudioBackend.Open"/> on the same server and client name
/// makes ports, connections and port properties as they were. libjack knows one server per process: opening another one meanwhile is DeviceBusy.
/// </summary>
public sealed partial class JackBackend : AudioBackend
{
    internal const string DriverName = "jack";
    private const int OpenTimeoutMs = 4500;
    private const int CallTimeoutMs = 2500;
    private JackSession? _session;
    private JackMemory _memory = new();
    private string _rememberedServer = "";
    private string _rememberedClient = "";
    private bool _connectsPhysical;

    /// <inheritdoc/>
    public override string Driver => DriverName;

    private protected override bool HasMidi => true;

    private protected override bool IsDeviceThreadRealtime => _session!.IsThreadRealtime();

    /// <summary>Whether the default server lets a client in.</summary>
    public override bool IsAvailable(out string reason) =>
        LibJack.TryGet(out LibJack? jack, out reason) && JackServers.DefaultAnswers(jack, out reason);

    /// <summary>The servers that listen now. What a server has and how fast it runs is known once it is open.</summary>
    public override IReadOnlyList<AudioDevice> EnumerateDevices()
    {
        if (!LibJack.TryGet(out LibJack? jack, out _))
        {
            return [];
        }

        SortedSet<string> names = JackServers.Listening();
        string standard = JackServers.Default;
        if (!names.Contains(standard) && JackServers.DefaultAnswers(jack, out _))
        {
            names.Add(standard);
        }

        List<AudioDevice> devices = [];
        foreach (string name in names)
        {
            int rate = Stream is { } info && info.Device == name ? info.Rate : 0;
            devices.Add(new AudioDevice(Driver, name, $"JACK server '{name}'", -1, -1, rate, name == standard));
        }

        return devices;
    }

    private protected override StreamInfo OpenDevice(StreamRequest request, DeviceStream stream)
    {
        if (request.Format is not (SampleFormat.Any or SampleFormat.Float32))
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"jack: JACK carries Float32 only, not {request.Format}.");
        }

        LibJack jack = LibJack.Instance;
        string server = request.Device.Length > 0 ? request.Device : JackServers.Default;
        bool isSameAgain = server == _rememberedServer && request.ClientName == _rememberedClient;
        if (!isSameAgain)
        {
            _memory = new JackMemory();
        }

        JackSession session = new(jack, stream, _memory, server);
        try
        {
            StreamInfo info = session.Calls.Run(
                "answer", OpenTimeoutMs, () => session.Open(request, JackServers.IsNamed(jack, request.Device)));
            _session = session;
            _rememberedServer = server;
            _rememberedClient = request.ClientName;
            _connectsPhysical = request.AutoConnect && !_memory.IsAfterLoss;
            return info;
        }
        catch
        {
            session.Calls.Finish(CallTimeoutMs, session.Dispose);
            throw;
        }
    }

    private protected override void StartDevice()
    {
        JackSession session = _session!;
        if (!session.IsActive)
        {
            session.Calls.Run("activate the client", CallTimeoutMs, () =>
            {
                session.Activate(_connectsPhysical);
                return true;
            });
            session.Watch();
        }
    }

    private protected override void StopDevice()
    {
    }

    private protected override void CloseDevice()
    {
        JackSession session = _session!;
        _session = null;
        session.Unwatch();
        session.Calls.Finish(CallTimeoutMs, session.Dispose);
        if (session.LostAt != 0)
        {
            _memory.Lose(session.LostAt);
        }
        else
        {
            _memory = new JackMemory();
        }
    }
}
