// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Graph;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Runs;

/// <summary>An engine that knows the nodes of sessions, with the hosts they have where it is composed here.</summary>
internal sealed class ToastEngine : IAsyncDisposable
{
    private readonly ComposedEngine _composed;
    private readonly ToastHosts _hosts;

    private ToastEngine(ComposedEngine composed, ToastHosts hosts) => (_composed, _hosts) = (composed, hosts);

    /// <summary>The engine.</summary>
    public AudioMeshEngine Engine => _composed.Engine;

    /// <summary>Where it lives: isolated or managed.</summary>
    public EngineHosting Hosting => _composed.Hosting;

    /// <summary>Starts one. Throws as <see cref="ComposedEngine.StartAsync"/> says.</summary>
    public static async Task<ToastEngine> StartAsync(EngineHosting hosting, IReport report)
    {
        ToastHosts hosts = new();
        try
        {
            NodeCatalogue types = ToastNodes.Add(new NodeCatalogue(), hosts);
            return new ToastEngine(await ComposedEngine.StartAsync(hosting, [.. types.Types], report), hosts);
        }
        catch
        {
            hosts.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _composed.DisposeAsync();
        _hosts.Dispose();
    }
}
