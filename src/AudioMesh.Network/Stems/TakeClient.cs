// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Stems;

/// <summary>Fetches takes from a host's <see cref="TakeServer"/>. One call at a time, from any thread; one that failed in the middle closes it.</summary>
public sealed class TakeClient : IDisposable
{
    private const int ConnectMs = 10_000;

    private readonly TakeLink _link;

    private TakeClient(TakeLink link) => _link = link;

    /// <summary>
    /// Connects, and has the host prove that it has the key. Throws DeviceUnavailable where nobody listens, PermissionDenied for another key, Protocol for another service, Timeout.
    /// </summary>
    public static async Task<TakeClient> ConnectAsync(IPEndPoint host, SessionKey key, CancellationToken cancellation = default)
    {
        Socket socket = new(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, host, cancellation).ConfigureAwait(false);
            TakeLink link = await TakeLink.OpenAsync(new NetworkStream(socket, ownsSocket: true), key, isServer: false, cancellation).ConfigureAwait(false);
            (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await link.ReceiveAsync(cancellation).ConfigureAwait(false);
            Expect(kind, TakeRecordKind.Hello);
            TakeMessages.CheckHello(content);
            return new TakeClient(link);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The finished takes of the host, at most 1000. Throws DeviceLost, Timeout or Protocol.</summary>
    public async Task<IReadOnlyList<TakeOffer>> ListAsync(CancellationToken cancellation = default)
    {
        List<TakeOffer> offers = [];
        HashSet<string> places = new(StringComparer.OrdinalIgnoreCase);
        await _link.SendAsync(TakeRecordKind.Request, TakeMessages.Request(default), cancellation).ConfigureAwait(false);
        while (true)
        {
            (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await _link.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (kind == TakeRecordKind.End)
            {
                return offers;
            }

            Expect(kind, TakeRecordKind.Offer);
            TakeOffer offer = TakeMessages.ReadOffer(content);
            if (!places.Add(offer.Place) || offers.Count == TakeShelf.MostTakes)
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"The host lists '{offer.Place}' twice, or more than {TakeShelf.MostTakes} takes.");
            }

            offers.Add(offer);
        }
    }

    /// <summary>
    /// Fetches a take into <paramref name="folder"/>, below which it gets the place that it has at its host, and answers the sidecar's path. What is there of it, whole or in files ending in
    /// <c>.part</c>, is kept where it is the same; the sidecar appears last. Throws NotFound where the take is gone, FileInvalid where it is another by now or no take, FileUnreadable where another
    /// one is in the way, DiskFull, DeviceLost, Timeout, Protocol; then parts stay, to go on from.
    /// </summary>
    public async Task<string> FetchAsync(TakeOffer take, string folder, Action<TakeProgress>? progress = null, CancellationToken cancellation = default)
    {
        string sidecarPath = TakePlace.SidecarOf(Path.GetFullPath(folder), take.Place);
        TakeFetch fetch = new(_link, take, progress);
        string sidecarPart = await fetch.FetchAsync(sidecarPath, isSidecar: true, take.SidecarBytes, cancellation).ConfigureAwait(false);
        string soundPath = Path.Combine(Path.GetDirectoryName(sidecarPath)!, TakePlace.SoundOf(Read(sidecarPart), take.Place));
        string soundPart = await fetch.FetchAsync(soundPath, isSidecar: false, take.SoundBytes, cancellation).ConfigureAwait(false);
        try
        {
            File.Move(soundPart, soundPath);
            File.Move(sidecarPart, sidecarPath);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(soundPath, e);
        }

        TakeSidecar.Read(sidecarPath);
        return sidecarPath;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _link.Dispose();

    internal static void Expect(TakeRecordKind kind, TakeRecordKind expected)
    {
        if (kind != expected)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The host sent {kind} where {expected} belongs.");
        }
    }

    private static async Task ConnectAsync(Socket socket, IPEndPoint host, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ConnectMs);
        try
        {
            await socket.ConnectAsync(host, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"Nobody answers at {host}: is a firewall between?");
        }
        catch (SocketException e)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"Nobody hands over takes at {host}: {e.Message}.", e);
        }
    }

    // It is parsed by what it is to be called.
    private static TakeSidecar Read(string part)
    {
        try
        {
            return TakeSidecar.Parse(File.ReadAllBytes(part), part);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(part, e);
        }
    }
}
