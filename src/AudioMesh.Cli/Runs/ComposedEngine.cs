// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Cli.Runs;

/// <summary>An engine that knows nodes of other packages: libaudiomesh's, or one composed in this process, which is spoken to by a socket of its own.</summary>
internal sealed class ComposedEngine : IAsyncDisposable
{
    private readonly AudioEngine? _own;
    private readonly ControlServer? _server;
    private readonly DirectoryInfo? _folder;

    private ComposedEngine(AudioMeshEngine engine, AudioEngine? own = null, ControlServer? server = null, DirectoryInfo? folder = null)
    {
        Engine = engine;
        _own = own;
        _server = server;
        _folder = folder;
    }

    /// <summary>The engine.</summary>
    public AudioMeshEngine Engine { get; }

    /// <summary>Where it lives: isolated or managed.</summary>
    public EngineHosting Hosting => _own is null ? EngineHosting.Isolated : EngineHosting.Managed;

    /// <summary>Starts one that knows <paramref name="types"/>. Throws LibraryMissing when isolation is asked for and the library has none or not these.</summary>
    public static async Task<ComposedEngine> StartAsync(EngineHosting hosting, IReadOnlyList<NodeType> types, IReport report)
    {
        if (hosting != EngineHosting.Managed)
        {
            AudioMeshEngine engine = await EngineStart.StartAsync(hosting, report);
            if (engine.Hosting == EngineHosting.Isolated && await KnowsAsync(engine, types))
            {
                return new ComposedEngine(engine);
            }

            bool isOld = engine.Hosting == EngineHosting.Isolated;
            await engine.DisposeAsync();
            if (isOld && hosting == EngineHosting.Isolated)
            {
                throw new AudioMeshException(AudioErrorKind.LibraryMissing, $"libaudiomesh is of another version: it does not know {types[0].Name}.");
            }

            if (isOld)
            {
                report.Note("managed_engine", $"The engine runs in this process, where a garbage collection may be heard: libaudiomesh does not know {types[0].Name}.");
            }
        }

        return await ComposeAsync(types);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_own is not null)
        {
            await Task.Run(_own.Dispose);
        }

        _folder?.Delete(recursive: true);
    }

    private static async Task<bool> KnowsAsync(AudioMeshEngine engine, IReadOnlyList<NodeType> types)
    {
        foreach (NodeType type in types)
        {
            if (!await new GraphRequests(engine).KnowsAsync(type.Name))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<ComposedEngine> ComposeAsync(IReadOnlyList<NodeType> types)
    {
        NodeCatalogue nodes = NodeCatalogue.CreateDefault();
        foreach (NodeType type in types)
        {
            nodes.Add(type);
        }

        AudioEngine own = new(new AudioEngineOptions { Nodes = nodes });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("audiomesh-");
        string path = Path.Combine(folder.FullName, "engine");
        ControlServer server = new(own, path);
        return new ComposedEngine(await AudioMeshEngine.StartAsync(new EngineOptions { Socket = path }), own, server, folder);
    }
}
