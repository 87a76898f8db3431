// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <content>Subjects of others' protocols, outside the mesh's own.</content>
public sealed partial class NatsBus
{
    /// <summary>The mesh's name.</summary>
    internal string Mesh => _options.Mesh;

    /// <summary>Answers what is asked on a NATS subject, on the bus' thread, with as many messages as <paramref name="answers"/> gives, until disposed.</summary>
    internal IDisposable ServeForeign(string subject, Func<string, IEnumerable<byte[]>> answers) => new NatsInlet(_link, subject, (asked, reply, _, _) =>
    {
        if (reply.Length == 0)
        {
            CountRefused();
            return;
        }

        lock (_core.Gate)
        {
            _core.Post(null, () => SendForeign(reply, answers(asked)));
        }

        _core.Wake();
    });

    private void SendForeign(string reply, IEnumerable<byte[]> messages)
    {
        foreach (byte[] message in messages)
        {
            lock (_core.Gate)
            {
                Send(reply, null, message);
            }
        }
    }
}
