from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    result = []
    for i in range(len(params)):
        step = grads[i].clone().mul_(lr)
        fresh = params[i].detach().clone()
        fresh -= step
        print(i, fresh.shape)
        result.append(fresh)
    return result
