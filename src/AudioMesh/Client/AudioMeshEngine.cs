// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using AudioMesh.Control;

namespace AudioMesh;

/// <summary>
/// An audio engine an app embeds, or joins: opens a device, makes nodes, connects them, plays. Every member may be called from any
/// thread; what waits is asynchronous; what goes wrong is an <see cref="AudioMeshException"/> whose kind says what to do.
/// </summary>
public sealed partial class AudioMeshEngine : IAsyncDisposable
{
    private readonly IEngineDoor _door;
    private readonly EventFan _events;
    private int _isDisposed;

    private AudioMeshEngine(IEngineDoor door, EngineHosting hosting, string? fallbackReason)
    {
        _door = door;
        Hosting = hosting;
        FallbackReason = fallbackReason;
        _events = new EventFan(door);
    }

    /// <summary>Where the engine lives: isolated, managed or remote.</summary>
    public EngineHosting Hosting { get; }

    /// <summary>Why the engine is not isolated though <see cref="EngineHosting.Auto"/> was asked for; null otherwise.</summary>
    public string? FallbackReason { get; }

    /// <summary>
    /// Starts an engine without a device, silent, or joins one in another process as it is. Throws LibraryMissing when isolation is asked for and cannot be
    /// had; DeviceUnavailable when no engine answers at the socket, PermissionDenied when it lets this user not in, QuotaExceeded when it has no place left.
    /// </summary>
    public static async Task<AudioMeshEngine> StartAsync(EngineOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new EngineOptions();
        if (options.Socket is not null || options.Hosting == EngineHosting.Remote)
        {
            return await JoinAsync(options.Socket ?? ControlSocketPath.Find(), cancellation).ConfigureAwait(false);
        }

        return await Task.Run(() => StartEmbedded(options), cancellation).ConfigureAwait(false);
    }

    /// <summary>The engine's version.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("ping", null, cancellation).ConfigureAwait(false);
        return reply.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>The drivers it knows, in the order in which <c>auto</c> prefers them.</summary>
    public async Task<IReadOnlyList<DriverListing>> GetDriversAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("drivers", null, cancellation).ConfigureAwait(false);
        return ReplyReader.Drivers(reply.RootElement);
    }

    /// <summary>The devices it sees now; of one driver when named.</summary>
    public async Task<IReadOnlyList<DeviceListing>> GetDevicesAsync(string driver = "", CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("devices", json => json.WriteString("driver", driver), cancellation).ConfigureAwait(false);
        return ReplyReader.Devices(reply.RootElement);
    }

    /// <summary>Opens a device in place of the present one. Throws NotFound, DeviceUnavailable, DeviceBusy, FormatUnsupported, InvalidArgument, ...</summary>
    public async Task<DeviceInfo> OpenDeviceAsync(DeviceOptions? options = null, CancellationToken cancellation = default)
    {
        DeviceOptions wanted = options ?? new DeviceOptions();
        using JsonDocument reply = await AskAsync("device_open", json => RequestWriter.Device(json, wanted), cancellation).ConfigureAwait(false);
        return ReplyReader.Device(reply.RootElement.GetProperty("device"));
    }

    /// <summary>Stops and gives the device back.</summary>
    public Task CloseDeviceAsync(CancellationToken cancellation = default) => TellAsync("device_close", null, cancellation);

    /// <summary>The device that is open, or null.</summary>
    public async Task<DeviceInfo?> GetDeviceAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("device", null, cancellation).ConfigureAwait(false);
        JsonElement device = reply.RootElement.GetProperty("device");
        return device.ValueKind == JsonValueKind.Null ? null : ReplyReader.Device(device);
    }

    /// <summary>Connects two ports of the device's server by their full names (<c>audiomesh:out_1</c>). Throws InvalidState when the device has no ports, NotFound.</summary>
    public Task ConnectPortsAsync(string from, string to, CancellationToken cancellation = default) =>
        TellAsync("port_connect", json => RequestWriter.Ports(json, from, to), cancellation);

    /// <summary>Takes a connection of ports away. Throws as <see cref="ConnectPortsAsync"/>.</summary>
    public Task DisconnectPortsAsync(string from, string to, CancellationToken cancellation = default) =>
        TellAsync("port_disconnect", json => RequestWriter.Ports(json, from, to), cancellation);

    /// <summary>The connections of the device's ports. Throws InvalidState when it has none.</summary>
    public async Task<IReadOnlyList<(string From, string To)>> GetPortConnectionsAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("port_connections", null, cancellation).ConfigureAwait(false);
        return ReplyReader.PortConnections(reply.RootElement);
    }

    /// <summary>Begins to play and record. Throws InvalidState without a device.</summary>
    public Task PlayAsync(CancellationToken cancellation = default) => TellAsync("start", null, cancellation);

    /// <summary>Ends playing and recording, after a fade of a few milliseconds; nodes and connections stay.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => TellAsync("stop", null, cancellation);

    /// <summary>The figures now.</summary>
    public async Task<EngineStats> GetStatsAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("stats", null, cancellation).ConfigureAwait(false);
        return ReplyReader.Stats(reply.RootElement);
    }

    /// <summary>The clocks now: which frame leaves the device, and how fast they come.</summary>
    public async Task<DeviceClockInfo> GetClockAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await AskAsync("clock", null, cancellation).ConfigureAwait(false);
        return ReplyReader.Clock(reply.RootElement);
    }

    /// <summary>Events of these families from now on, until cancelled or the engine ends. Several may run at once; one that is slow loses its oldest, and is told how many (<see cref="DroppedEvent"/>).</summary>
    public IAsyncEnumerable<MeshEvent> EventsAsync(MeshEvents families = MeshEvents.All, CancellationToken cancellation = default) =>
        _events.ListenAsync(families, cancellation);

    /// <summary>Sends any request of the control protocol (docs/control-protocol.md); the reply as it came, also when it says <c>"ok":false</c>.</summary>
    public async Task<string> RequestAsync(string json, CancellationToken cancellation = default) =>
        Encoding.UTF8.GetString(await ExchangeAsync(Encoding.UTF8.GetBytes(json), cancellation).ConfigureAwait(false));

    /// <summary>Ends sound, finishes files and frees everything; leaves an engine in another process alone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _events.DisposeAsync().ConfigureAwait(false);
        await _door.DisposeAsync().ConfigureAwait(false);
    }

    internal async Task<JsonDocument> AskAsync(string command, Action<Utf8JsonWriter>? fields, CancellationToken cancellation)
    {
        byte[] reply = await ExchangeAsync(RequestWriter.Request(command, fields), cancellation).ConfigureAwait(false);
        return ReplyReader.Open(reply);
    }

    internal async Task TellAsync(string command, Action<Utf8JsonWriter>? fields, CancellationToken cancellation) =>
        (await AskAsync(command, fields, cancellation).ConfigureAwait(false)).Dispose();

    // What a reply brings beside its text is only of use to who asked for a ring.
    private async Task<byte[]> ExchangeAsync(byte[] request, CancellationToken cancellation)
    {
        DoorReply reply = await _door.RequestAsync(request, cancellation).ConfigureAwait(false);
        reply.Descriptors?.Dispose();
        return reply.Text;
    }

    private static async Task<AudioMeshEngine> JoinAsync(string path, CancellationToken cancellation)
    {
        AudioMeshEngine engine = new(await SocketDoor.ConnectAsync(path, cancellation).ConfigureAwait(false), EngineHosting.Remote, null);
        try
        {
            await engine.GetVersionAsync(cancellation).ConfigureAwait(false);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static AudioMeshEngine StartEmbedded(EngineOptions options)
    {
        if (options.Hosting == EngineHosting.Managed)
        {
            return new AudioMeshEngine(new ManagedDoor(), EngineHosting.Managed, null);
        }

        try
        {
            return new AudioMeshEngine(IsolatedDoor.Open(options.LibraryPath), EngineHosting.Isolated, null);
        }
        catch (AudioMeshException error) when (options.Hosting == EngineHosting.Auto && error.Kind == AudioErrorKind.LibraryMissing)
        {
            return new AudioMeshEngine(new ManagedDoor(), EngineHosting.Managed, error.Message);
        }
    }
}
