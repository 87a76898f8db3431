// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Testing;

/// <summary>A nats-server on loopback with JetStream, which can be killed and started again with what it stored.</summary>
public sealed class NatsServer : IDisposable
{
    /// <summary>The key of a server that is not told otherwise.</summary>
    public const string Token = "a-token-for-tests-only";

    private readonly string _folder = Directory.CreateTempSubdirectory("am-nats-").FullName;
    private readonly string _configuration;
    private Process? _process;

    /// <summary>A server with what its configuration says of keys, and <paramref name="more"/> of it. Where there is no nats-server the test is ignored.</summary>
    public NatsServer(string authorization = $"authorization {{ token: \"{Token}\" }}", string more = "", bool isStarted = true)
    {
        Port = FreePort();
        _configuration = Path.Combine(_folder, "server.conf");
        File.WriteAllText(_configuration, $$"""
            listen: "127.0.0.1:{{Port}}"
            {{authorization}}
            jetstream { store_dir: "{{_folder}}/store" }
            {{more}}
            """);
        if (isStarted)
        {
            Start();
        }
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The same for a client.</summary>
    public string Url => $"nats://127.0.0.1:{Port}";

    /// <summary>Three that know each other.</summary>
    public static NatsServer[] Cluster()
    {
        int[] routes = [FreePort(), FreePort(), FreePort()];
        string all = string.Join(", ", routes.Select(port => $"\"nats://127.0.0.1:{port}\""));
        return [.. routes.Select((route, i) => new NatsServer(more: $$"""
            server_name: "s{{i}}"
            cluster { name: "mesh", listen: "127.0.0.1:{{route}}", routes: [{{all}}] }
            """))];
    }

    /// <summary>A port of TCP that nobody has now.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, with what it stored before.</summary>
    public void Start()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("nats-server", ["-c", _configuration, "-l", Path.Combine(_folder, "log")]));
        }
        catch (Win32Exception)
        {
            Assert.Ignore("no nats-server on this machine");
        }

        for (int i = 0; i < 100 && !IsListening(); i++)
        {
            Thread.Sleep(100);
        }
    }

    /// <summary>Kills it as if the power went.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Kills it and removes what it stored.</summary>
    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private bool IsListening()
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
