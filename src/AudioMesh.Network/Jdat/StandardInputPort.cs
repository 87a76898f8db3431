// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Standard input, to its end.</summary>
internal sealed class StandardInputPort : IJdatInputPort
{
    private readonly byte[] _bytes = new byte[65536];

    public int Clients => 1;

    public long RefusedClients => 0;

    public bool Pump(JdatStream stream, int timeoutMs)
    {
        if (!Descriptors.WaitReadable(Descriptors.StandardInput, timeoutMs))
        {
            return true;
        }

        int count = Descriptors.Read(Descriptors.StandardInput, _bytes);
        if (count == 0)
        {
            stream.Finish();
            return false;
        }

        stream.Feed(_bytes.AsSpan(0, Math.Max(count, 0)));
        return true;
    }

    public void Dispose()
    {
    }
}
