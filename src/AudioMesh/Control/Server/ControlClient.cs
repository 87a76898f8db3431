// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Control.Server;

/// <summary>One client of a server: who it is, what it may do, and what it has done. Its figures may be read by any thread, the rest is its own thread's.</summary>
internal sealed class ControlClient(int id, PeerCredentials peer, Func<ControlServerOptions> options)
{
    private readonly TokenBucket _bucket = new();
    private long _requests;
    private long _refused;

    public int Id => id;

    public PeerCredentials Peer => peer;

    public MeshTime Since { get; } = MeshClock.Now;

    public ClientRole Role => options().Roles.RoleOf(peer);

    public ClientQuotas Quotas => options().Quotas;

    /// <summary>What the server offers now.</summary>
    public ControlServerOptions Options => options();

    public long Requests => Volatile.Read(ref _requests);

    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Events it did not take in time; set once by its conversation.</summary>
    public Func<long> EventsDropped { get; set; } = () => 0;

    /// <summary>Whether its last request was one too many.</summary>
    public bool IsOverRate { get; private set; }

    /// <summary>Counts <paramref name="count"/> requests. Throws Busy when they come too fast.</summary>
    public void Charge(int count)
    {
        int perSecond = Quotas.RequestsPerSecond;
        IsOverRate = !_bucket.TryTake(count, perSecond);
        if (IsOverRate)
        {
            Volatile.Write(ref _refused, _refused + 1);
            throw new AudioMeshException(AudioErrorKind.Busy, "Requests come faster than they are answered: this one was not carried out.")
            {
                Field = "requests",
                Allowed = $"{perSecond} requests a second",
            };
        }

        Volatile.Write(ref _requests, _requests + count);
    }
}
