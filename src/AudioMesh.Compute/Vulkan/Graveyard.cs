// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Vulkan;

/// <summary>What is disposed of while a run that nobody waits for any more may still use it; freed when no such run is left.</summary>
internal sealed class Graveyard
{
    private readonly Lock _lock = new();
    private readonly List<Recording> _running = [];
    private readonly List<Action> _waiting = [];

    /// <summary>Calls <paramref name="free"/> once <paramref name="run"/> and all runs buried before are over: now, or at a later burial.</summary>
    public void Bury(Action free, Recording? run)
    {
        lock (_lock)
        {
            if (run is { IsOver: false })
            {
                _running.Add(run);
            }

            _waiting.Add(free);
            Empty();
        }
    }

    /// <summary>Frees all of it; false where a run is not over in time.</summary>
    public bool TryEmpty(TimeSpan timeout)
    {
        lock (_lock)
        {
            foreach (Recording run in _running)
            {
                if (!run.WaitUntilOver(timeout))
                {
                    return false;
                }
            }

            Empty();
            return true;
        }
    }

    private void Empty()
    {
        _running.RemoveAll(run => run.IsOver);
        if (_running.Count == 0)
        {
            _waiting.ForEach(free => free());
            _waiting.Clear();
        }
    }
}
