// SPDX-License-Identifier: MIT
using System.Net;
using System.Threading.Channels;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Parameters;
using AudioMesh.Network.Registry;
using AudioMesh.Network.Session;
using AudioMesh.Network.Transport;
using AudioMesh.Network.Wire;

namespace MeshApp;

/// <summary>All that an app embeds to take part in a mesh, and one stream of what happens there.</summary>
internal sealed class MeshHost : IAsyncDisposable
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _end = new();
    private readonly ToastHost _host;
    private readonly LanBus _bus;
    private readonly AudioEngine _engine;
    private readonly Task _ticking;

    public MeshHost(string name, SessionKey key, string driver, params IPEndPoint[] contacts)
    {
        _host = new ToastHost(new ToastHostOptions { Name = name, Key = key, Bind = new IPEndPoint(IPAddress.Loopback, 0), Contacts = contacts });
        _bus = new LanBus(_host);
        TransportClock clock = new(_host.Session.Timebase);
        Agent = new TransportAgent(_bus, clock, _host.Session.Timebase);
        _engine = new AudioEngine(new AudioEngineOptions { BlockClock = clock });
        _engine.OpenDevice(driver, new AudioMesh.Backends.StreamRequest());
        _engine.Start();
        Director = new TransportDirector(_bus, _host.Session.Timebase);
        Services = new ServiceRegistry(_bus);
        Parameters = new SharedParameters(_bus, new SharedParametersOptions { MeshClock = () => _host.Session.Timebase.ToMesh(MeshClock.Now) });
        Agent.Happened += happened => Tell($"{happened.Kind} {happened.Order?.Action ?? happened.Outcome?.Action}");
        Services.Watch(null, (service, isGone) => Tell($"{service.Type} {service.Name} of {service.Host} is {(isGone ? "gone" : service.Health)} {service.Note}"));
        Parameters.Watch("mix", null, parameter => Tell($"{parameter.Name} goes to {parameter.Value.Number} {parameter.Descriptor.Unit}"));
        _ticking = TickAsync();
    }

    public string Name => _bus.Name;

    public IPEndPoint Address => _host.Port.LocalAddress.ToEndPoint();

    public TransportAgent Agent { get; }

    public TransportDirector Director { get; }

    public SharedParameters Parameters { get; }

    public ServiceRegistry Services { get; }

    /// <summary>What happens, until <see cref="EndEvents"/>.</summary>
    public IAsyncEnumerable<string> Events => _events.Reader.ReadAllAsync();

    public void EndEvents() => _events.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _ticking;
        Parameters.Dispose();
        Services.Dispose();
        Director.Dispose();
        Agent.Dispose();
        _engine.Dispose();
        _bus.Dispose();
        _host.Dispose();
    }

    // Handlers are called on the bus' thread, which does not wait: they only write down what they were told.
    private void Tell(string happened) => _events.Writer.TryWrite(happened);

    private async Task TickAsync()
    {
        for (int i = 0; !_end.IsCancellationRequested; i++)
        {
            Agent.Tick(MeshClock.Now);
            if (i % 100 == 0)
            {
                Services.Maintain();
            }

            await Task.Delay(10);
        }
    }
}
