// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Runs a <see cref="GilbertElliott"/> model packet by packet. It begins good. One thread.</summary>
public struct LossProcess
{
    private readonly GilbertElliott _model;
    private Pcg32 _random;
    private bool _isBad;

    /// <summary>Two of the same model and seed lose the same packets. Throws InvalidArgument where a probability is out of range.</summary>
    public LossProcess(GilbertElliott model, ulong seed)
    {
        model.Validate();
        _model = model;
        _random = new Pcg32(seed);
    }

    /// <summary>Whether the next packet is lost.</summary>
    public bool LosesNext()
    {
        _isBad = _random.NextShare() < (_isBad ? 1 - _model.Leave : _model.Enter);
        double loss = _isBad ? _model.LossWhenBad : _model.LossWhenGood;
        return loss >= 1 || (loss > 0 && _random.NextShare() < loss);
    }
}
