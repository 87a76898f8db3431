// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Control;
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Engine;
using AudioMesh.Daemon.Graphs;
using AudioMesh.Daemon.Hosting;
using AudioMesh.Daemon.Logs;
using AudioMesh.Daemon.Metrics;
using AudioMesh.Engine;
using AudioMesh.Network.Session;
using AudioMesh.Plugins;

namespace AudioMesh.Daemon;

/// <summary>The engine as a process of its own: with its nodes, its device, its clients, and what the configuration says of them.</summary>
internal sealed class MixerDaemon : IAsyncDisposable
{
    private readonly ConfigSource _source;
    private readonly ServiceManager _manager;
    private readonly DaemonLogs _logs;
    private readonly ToastHosts _hosts = new();
    private readonly LadspaHost _ladspa;
    private readonly AudioEngine _engine;
    private readonly EngineWatch _watch;
    private readonly StartGraph _graph;
    private readonly MetricsExport _metrics;
    private readonly DeviceKeeper _device;
    private readonly LifeSigns _life;
    private readonly DaemonLoop _loop;
    private readonly WatchedFile _file;
    private ClientDoor? _door;
    private DaemonConfig _config;

    private MixerDaemon(ConfigSource source, DaemonConfig config)
    {
        _source = source;
        _config = config;
        _file = new WatchedFile(source.Path);
        _logs = new DaemonLogs(config.Log);
        _manager = ServiceManager.FromEnvironment();
        _ladspa = new LadspaHost(config.Plugins.Options);
        _engine = new AudioEngine(new AudioEngineOptions { Nodes = DaemonNodes.Compose(config, _hosts, _ladspa) });
        _watch = new EngineWatch(_engine, _logs.Log);
        _graph = new StartGraph(_engine, _logs.Log);
        _metrics = new MetricsExport(_engine, _logs.Log);
        _device = new DeviceKeeper(_engine, config.Device, _logs.Log);
        _life = new LifeSigns(_engine, _manager, _logs.Log);
        _loop = new DaemonLoop(_life.Interval);
    }

    /// <summary>Runs until it is told to end. Throws what keeps it from beginning.</summary>
    public static async Task RunAsync(ConfigSource source)
    {
        MixerDaemon daemon = new(source, source.Read());
        await using (daemon.ConfigureAwait(false))
        {
            using Signals signals = new(() => daemon._loop.End("a signal"), daemon._loop.Reload);
            daemon.Begin();
            await daemon._loop.RunAsync(daemon.Tick, daemon.Reload).ConfigureAwait(false);
            daemon._logs.Log.Ending(daemon._loop.Why);
            daemon._manager.Stopping();
        }
    }

    /// <summary>Fades out, sends clients away, and gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        _engine.Stop();
        if (_door is not null)
        {
            await _door.DisposeAsync().ConfigureAwait(false);
        }

        _metrics.Dispose();
        _graph.Dispose();
        _engine.Dispose();
        _hosts.Dispose();
        _watch.Dispose();
        _logs.Log.Ended();
        _manager.Dispose();
        _loop.Dispose();
        _logs.Dispose();
    }

    // The graph first, so that nobody's nodes are swept away by it; then the door, so that a second daemon leaves the device alone.
    private void Begin()
    {
        _graph.Use(_config.Graph.Start);
        _door = ClientDoor.Open(_engine, _config, () => _loop.End("a client's quit"));
        _logs.Log.Listening(ProductVersion.Text, _door.Place, _source.Path ?? "the environment's");
        _device.TryOpen();
        TellReady();
        _logs.Log.Ready((long)(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds);
        _metrics.Use(_config.Telemetry, _door);
    }

    private void Tick()
    {
        _watch.TellXruns();
        if (_device.IsWaiting)
        {
            _device.TryOpen();
        }

        _graph.Refresh();
        if (_file.HasChanged())
        {
            Reload();
        }

        _life.Tell();
    }

    private void Reload()
    {
        if (_source.Path is not { } path)
        {
            _logs.Log.NothingToReload();
            return;
        }

        _file.HasChanged();
        _manager.Reloading();
        try
        {
            Use(_source.Read(), path);
        }
        catch (AudioMeshException error)
        {
            _logs.Log.ReloadRefused(error.Message);
        }

        TellReady();
    }

    private void TellReady() => _manager.Ready(_device.IsWaiting ? "Waiting for the device." : "Playing.");

    private void Use(DaemonConfig config, string path)
    {
        ConfigChanges changes = ConfigChanges.Between(_config, config);
        _ladspa.Options = config.Plugins.Options;
        _graph.Use(config.Graph.Start);
        _door!.Use(config);
        _metrics.Use(config.Telemetry, _door);
        _logs.Level = config.Log.Level;
        _config = config;
        _logs.Log.Reloaded(path, changes.Live.Count > 0 ? string.Join(", ", changes.Live) : "nothing new");
        if (changes.AfterRestart.Count > 0)
        {
            _logs.Log.NeedsRestart(string.Join(", ", changes.AfterRestart));
        }
    }
}
