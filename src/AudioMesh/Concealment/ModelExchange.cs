// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>Hands models from the worker to the device thread and back, so that neither touches what the other uses.</summary>
internal sealed class ModelExchange
{
    private const int Slots = 8;

    private readonly PredictionModel[] _slots = new PredictionModel[Slots];
    private readonly EventQueue<int> _free = new(Slots);
    private readonly EventQueue<int> _ready = new(Slots);
    private readonly int[] _held = new int[Slots];
    private int _heldCount;

    public ModelExchange(int channels, FloatArena arena)
    {
        for (int i = 0; i < Slots; i++)
        {
            _slots[i] = new PredictionModel(
                i, channels, arena.Take(channels * LatticeBurg.MostOrder), arena.Take(channels * ConcealmentProfiles.MostSecondOrder));
            _free.TryPush(i);
        }
    }

    /// <summary>Floats of an arena it takes.</summary>
    public static long MemoryLength(int channels) =>
        Slots * (FloatArena.Padded((long)channels * LatticeBurg.MostOrder) + FloatArena.Padded((long)channels * ConcealmentProfiles.MostSecondOrder));

    /// <summary>A model to write; null where the device thread has not given any back. Worker.</summary>
    public PredictionModel? Take() => _free.TryPop(out int index) ? _slots[index] : null;

    /// <summary>Gives back what was taken for nothing. Worker.</summary>
    public void Return(PredictionModel model) => _free.TryPush(model.Index);

    /// <summary>Gives a model to the device thread. Worker.</summary>
    public void Publish(PredictionModel model) => _ready.TryPush(model.Index);

    /// <summary>
    /// The model of <paramref name="position"/>; else the newest before it, else the oldest after it; null where there is none. What is older goes back
    /// to the worker. Device thread.
    /// </summary>
    [RealtimeSafe]
    public PredictionModel? Find(long position)
    {
        while (_heldCount < Slots && _ready.TryPop(out int index))
        {
            _held[_heldCount++] = index;
        }

        int older = 0;
        while (older + 1 < _heldCount && _slots[_held[older + 1]].Position <= position)
        {
            _free.TryPush(_held[older]);
            older++;
        }

        _heldCount -= older;
        for (int i = 0; i < _heldCount && older > 0; i++)
        {
            _held[i] = _held[i + older];
        }

        return _heldCount == 0 ? null : _slots[_held[0]];
    }

    /// <summary>Becomes a copy. Only while nobody uses either.</summary>
    public void CopyFrom(ModelExchange other)
    {
        other.Find(long.MinValue);
        while (_free.TryPop(out _) || _ready.TryPop(out _))
        {
        }

        other._held.CopyTo(_held, 0);
        _heldCount = other._heldCount;
        for (int i = 0; i < Slots; i++)
        {
            _slots[i].CopyFrom(other._slots[i]);
            if (Array.IndexOf(_held, i, 0, _heldCount) < 0)
            {
                _free.TryPush(i);
            }
        }
    }
}
