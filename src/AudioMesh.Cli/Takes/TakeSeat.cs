// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Registry;
using AudioMesh.Network.Stems;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Takes;

/// <summary>An agent's folder of takes, handed over to members of its session and announced to them.</summary>
internal sealed class TakeSeat : IDisposable
{
    private readonly TakeServer _server;
    private readonly RegisteredService _service;

    /// <summary>Listens by TCP at the session's own address, and at its port where that is free. Throws InvalidArgument without a session, and what the server and the registry throw.</summary>
    public TakeSeat(string folder, (SessionKey Key, IPEndPoint At)? session, ServiceRegistry registry)
    {
        (SessionKey key, IPEndPoint at) = session
            ?? throw new AudioMeshException(AudioErrorKind.InvalidArgument, "--takes hands takes to members of a session: it cannot be had with --bus.") { Field = "--takes" };
        _server = Open(folder, key, at);
        try
        {
            _service = registry.Register(new ServiceAnnouncement { Type = TakeServer.ServiceType, Name = TakeServer.ServiceType, Port = _server.LocalEndPoint.Port });
        }
        catch
        {
            _server.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint => _server.LocalEndPoint;

    public void Dispose()
    {
        _service.Dispose();
        _server.Dispose();
    }

    private static TakeServer Open(string folder, SessionKey key, IPEndPoint session)
    {
        TakeServerOptions options = new() { Folder = folder, Bind = session };
        try
        {
            return new TakeServer(key, options);
        }
        catch (AudioMeshException error) when (error.Kind == AudioErrorKind.DeviceBusy)
        {
            return new TakeServer(key, options with { Bind = new IPEndPoint(session.Address, 0) });
        }
    }
}
