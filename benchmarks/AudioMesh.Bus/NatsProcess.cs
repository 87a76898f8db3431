// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Benchmarks.Bus;

/// <summary>A nats-server on loopback, with JetStream on this machine's disk.</summary>
internal sealed class NatsProcess : IDisposable
{
    public const string Token = "a-token-for-benchmarks-only";
    private const int StartMs = 10_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("am-nats-").FullName;
    private readonly Process _process;

    private NatsProcess()
    {
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        string configuration = Path.Combine(_folder, "server.conf");
        File.WriteAllText(configuration, $$"""
            listen: "127.0.0.1:{{Port}}"
            authorization { token: "{{Token}}" }
            jetstream { store_dir: "{{_folder}}/store" }
            """);
        _process = Process.Start("nats-server", ["-c", configuration, "-l", Path.Combine(_folder, "log")]);
        SpinWait.SpinUntil(IsListening, StartMs);
    }

    public string Url => $"nats://127.0.0.1:{Port}";

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    private int Port { get; }

    /// <summary>Null where this machine has none.</summary>
    public static NatsProcess? TryStart()
    {
        try
        {
            return new NatsProcess();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsListening()
    {
        Thread.Sleep(50);
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
