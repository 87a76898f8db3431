// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Where bytes come from; for the one thread that reads them.</summary>
internal interface IJdatInputPort : IDisposable
{
    /// <summary>Who sends now.</summary>
    int Clients { get; }

    /// <summary>Who was turned away.</summary>
    long RefusedClients { get; }

    /// <summary>Gives what has come to <paramref name="stream"/>, after waiting for it at most that long; false when nothing will come any more.</summary>
    bool Pump(JdatStream stream, int timeoutMs);
}
