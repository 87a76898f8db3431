// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>A server of an engine with the null device, and short words for what the tests do with it.</summary>
[NonParallelizable]
internal abstract class ServerFixture
{
    private readonly List<RawClient> _clients = [];
    private TemporaryFolder _folder = null!;

    protected AudioEngine Engine { get; private set; } = null!;

    protected ControlServer Server { get; private set; } = null!;

    protected string SocketPath { get; private set; } = "";

    /// <summary>Everybody here is the same user, so its role is what a test says.</summary>
    protected static uint Me { get; } = RunId("-u");

    protected static ControlServerOptions As(ClientRole role, ClientQuotas? quotas = null) => new()
    {
        Roles = new ClientRoles { Users = new Dictionary<uint, ClientRole> { [Me] = role } },
        Quotas = quotas ?? new ClientQuotas(),
    };

    protected virtual ControlServerOptions Options => new();

    [SetUp]
    public void SetUpServer()
    {
        Assume.That(OperatingSystem.IsLinux(), "The tests' own end of the socket is Linux's.");
        _folder = new TemporaryFolder();
        SocketPath = _folder.PathOf("engine.sock");
        Engine = new AudioEngine();
        Server = new ControlServer(Engine, SocketPath, Options);
    }

    [TearDown]
    public async Task TearDownServer()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        await Server.DisposeAsync();
        Engine.Dispose();
        _folder.Dispose();
    }

    protected string FileNamed(string name) => _folder.PathOf(name);

    protected RawClient Connect()
    {
        RawClient client = new(SocketPath);
        _clients.Add(client);
        return client;
    }

    protected static string? CodeOf(JsonElement reply) =>
        reply.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString() : null;

    protected static string? FieldOf(JsonElement reply) =>
        reply.TryGetProperty("error", out JsonElement error) && error.TryGetProperty("field", out JsonElement field) ? field.GetString() : null;

    protected static int IdOf(JsonElement reply) => reply.GetProperty("id").GetInt32();

    /// <summary>Waits until it is so; fails after half a minute.</summary>
    protected static void Until(Func<bool> isSo, string what)
    {
        long deadline = Environment.TickCount64 + 30_000;
        while (!isSo())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(deadline), what);
            Thread.Sleep(5);
        }
    }

    /// <summary>Descriptors this process holds, sockets of the tests' own ends included.</summary>
    protected static int DescriptorCount() => Descriptors().Count;

    /// <summary>What they lead to, but for those that the runtime makes for itself whenever it likes.</summary>
    protected static List<string> Descriptors()
    {
        List<string> targets = [];
        foreach (string link in Directory.GetFiles("/proc/self/fd"))
        {
            try
            {
                targets.Add(new FileInfo(link).LinkTarget ?? "");
            }
            catch (IOException)
            {
                // Closed meanwhile, as the one that listed this folder.
            }
        }

        targets.RemoveAll(target => target.StartsWith("pipe:") || target.Contains("[eventpoll]") || target.EndsWith("/fd") || target.EndsWith(".dll"));
        return targets;
    }

    /// <summary>Waits until no more descriptors are held than before; fails after half a minute and names those that are new.</summary>
    protected static void AwaitNoMoreThan(List<string> before)
    {
        long deadline = Environment.TickCount64 + 30_000;
        List<string> now;
        while ((now = Descriptors()).Count > before.Count)
        {
            Assert.That(Environment.TickCount64, Is.LessThan(deadline), $"left: {string.Join(", ", now.Except(before))}");
            Thread.Sleep(5);
        }
    }

    private static uint RunId(string option)
    {
        using System.Diagnostics.Process id = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("id", option) { RedirectStandardOutput = true })!;
        return uint.Parse(id.StandardOutput.ReadToEnd());
    }
}
