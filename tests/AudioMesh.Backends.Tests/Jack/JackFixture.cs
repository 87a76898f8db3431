// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>A server and the clients a test makes on it.</summary>
[NonParallelizable]
internal abstract class JackFixture
{
    private readonly List<JackBackend> _made = [];

    protected JackServer Server { get; private set; } = null!;

    [SetUp]
    public void StartServer() => Server = new JackServer();

    [TearDown]
    public void EndAll()
    {
        foreach (JackBackend backend in _made)
        {
            backend.Dispose();
        }

        _made.Clear();
        Server?.Thaw();
        LeftBehind.Await("am-jack");
        Server?.Dispose();
    }

    protected StreamRequest Request() => new() { Device = Server.Name, ClientName = "amtest" };

    protected JackBackend New()
    {
        JackBackend backend = new();
        _made.Add(backend);
        return backend;
    }

    protected JackBackend NewRunning(StreamRequest request, out Renderer renderer)
    {
        JackBackend backend = New();
        renderer = new Renderer();
        backend.Open(request, renderer);
        backend.Start();
        return backend;
    }

    protected static DeviceEvent AwaitEvent(JackBackend backend, DeviceEventKind kind, int timeoutMs = Patience.Ms)
    {
        DeviceEvent found = default;
        bool came = SpinWait.SpinUntil(
            () =>
            {
                while (backend.TryReadEvent(out found))
                {
                    if (found.Kind == kind)
                    {
                        return true;
                    }
                }

                return false;
            },
            timeoutMs);
        Assert.That(came, Is.True, $"event {kind}");
        return found;
    }

    /// <summary>Waits until exactly these connections are in the graph.</summary>
    protected static void AwaitConnections(JackBackend backend, params JackConnection[] expected)
    {
        bool IsSo() => new HashSet<JackConnection>(backend.GetConnections()).SetEquals(expected);
        SpinWait.SpinUntil(IsSo, Patience.Ms);
        Assert.That(backend.GetConnections(), Is.EquivalentTo(expected));
    }

    protected static AudioMeshException Throws(AudioErrorKind kind, Action call)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => call());
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        return error;
    }
}
