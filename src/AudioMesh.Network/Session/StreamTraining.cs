// SPDX-License-Identifier: MIT
using AudioMesh.Engine;
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Session;

/// <summary>Trains what predicts in all streams that a session receives. On the thread that maintains the session, so that no receiver is given back in between.</summary>
internal sealed class StreamTraining(ToastSession session) : IDisposable
{
    private readonly ModelWorker _worker = new();
    private IReadOnlyList<StreamReceiver> _trained = [];

    /// <summary>Begins with receivers that are new, and ends with those that are no longer there.</summary>
    public void Follow()
    {
        IReadOnlyList<StreamReceiver> present = session.Receivers;
        if (ReferenceEquals(present, _trained))
        {
            return;
        }

        foreach (StreamReceiver gone in _trained.Except(present))
        {
            foreach (Concealment.StreamConcealer concealer in gone.Concealers)
            {
                _worker.Remove(concealer);
            }
        }

        foreach (StreamReceiver added in present.Except(_trained))
        {
            foreach (Concealment.StreamConcealer concealer in added.Concealers)
            {
                _worker.Add(concealer);
            }
        }

        _trained = present;
    }

    public void Dispose() => _worker.Dispose();
}
