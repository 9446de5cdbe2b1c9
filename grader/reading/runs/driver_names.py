"""What functions and parameters are called, and what is given to them: patterns of names in small letters."""

from grader.reading.runs.driver_data import SAMPLES, TIMES

_OF_DATA = r"_?(train(ing)?|batch|data|set|list|values?|vec(tor)?s?|true|trues|samples?|arr(ay)?|mat(rix)?|rows?)"
INPUTS = (
    r"(train(ing)?_?(set_?)?)?"
    rf"(x|xs|x_?in|in(?=_)|features?|inputs?|inp|images?|samples?|patterns?|points|vectors|observations?)({_OF_DATA})*|data"
)
TARGETS = (
    r"(all_?|train(ing)?_?(set_?)?)?"
    r"(y|ys|t|ts|labels?|tar(get)?s?|outputs?|expected|desired|answers?|correct|truth|classes_?true|true)"
    rf"({_OF_DATA}|_?(oh|one_?hot|enc(oded)?|outputs?))*"
)
PAIRS = r"(train(ing)?_?)?(data|sets?|data_?sets?|patterns|samples)|mini_?batch|batch|examples"
ROUNDS = "8"  # of a training: each may be of one sample, and for that be right already
_HELD = r"test|val|valid|validation|eval"  # what the training only looks at
_COUNT = r"(size|nodes|dim|units|neurons|features|channels|n|num|count)"
LAYERS = (
    r"((layer|network|net|nn)_?)?(sizes?|dims?)|layers?(_?(sizes?|dims?|list|config))?|n_?units"
    r"|((network|net|nn|model)_?)?(architecture|topology|shape|struct(ure)?|layers)"
)
EPOCHS = r"(n(um)?_?|max_?)?(epochs?|iter(ation)?s?|n_?iter|num_?iterations?|steps?|passes|rounds|i|e)"
PENALTY = r"lam|l(a)?mb?da?_?\w*|lambd|lmbda\w*|reg\w*|l1|l2|weight_?decay|beta"
_INPUT_COUNT = rf"(n|num|input)?_?(inputs?|features|in|x|in(put)?(_?layer)?_?{_COUNT})|(n|num|input)_?dims?|n_?i", "784"
OUTPUT_COUNT = rf"(n|num|output)?_?(outputs?|classes|out|y|out(put)?(_?layer)?_?{_COUNT})|vocab_?size|n_?o", "{outputs}"
HIDDEN_COUNT = rf"(n|num|hidden)?_?(hidden|h|hid|h(id(den)?)?(_?layer)?_?\d?(_?{_COUNT})?)\d?"
#: units of a hidden layer, beside which the hidden layers are a number
HIDDEN_UNITS = rf"(n|num)?_?hid(den)?(_?layer)?_?{_COUNT}"
HIDDEN_LAYERS = r"(n|num|number)?_?(of_)?(hidden_?)?layers"
#: samples that are only measured have their class as a number, or as what the others have
HELD_PAIRS = "list(zip([x for x, _ in _pairs[:20]], _labels[:20]))"
#: the data are those of the lines that are added, whatever a default is
SIZES_OF_DATA = (_INPUT_COUNT, OUTPUT_COUNT)
VALUES: tuple[tuple[str, str], ...] = (
    (LAYERS, "{sizes}"),
    _INPUT_COUNT,
    (r"hidden_?(layers(_?(sizes?|dims?|units))?|(layer_?)?(sizes|dims))", "[16]"),
    (HIDDEN_COUNT, "16"),
    OUTPUT_COUNT,
    (r"(seq(uence)?|time|truncat\w+)_?(len(gth)?|size|steps?)|bptt\w*|t_?x", str(TIMES)),
    (EPOCHS, ROUNDS),
    (r"(mini_?)?batch_?size|size|batch", "10"),
    (r"(l|learn(ing)?)?_?rate|lr|eta|alpha|step_?size|learningrate|epsilon|a|l|r", "0.1"),
    (PENALTY, "0.1"),
    (r"n|m|training_?size|n_?samples|num_?(samples|examples)|data_?size", str(SAMPLES)),
    (rf"({_HELD})_?({PAIRS})", HELD_PAIRS),
    (rf"({_HELD})_?({INPUTS})|({INPUTS})_({_HELD})", "{held x}"),
    (rf"({_HELD})_?({TARGETS})|({TARGETS})_({_HELD})", "{held y}"),
    (r"\w*(test|val|valid|eval)\w*", "None"),
    (r"(standardi[sz]|normali[sz]|preprocess|transform)\w*", "lambda given, *more: given"),
    (r"patience|(print|log|report)_?every|every", "2"),
    (r"(h|a|hidden)_?(prev(ious)?|0|init(ial)?|start|last)|prev_?h(idden)?", "_np.zeros((16, 1))"),
    (r"log(ger)?|callback|(log|print)_?(fn|func\w*)", "print"),
    (r"(random_?)?seed|random_?state|rng_?seed|verbose|print_\w+|(show|plot|draw|log|display)(_\w+)?|debug", "0"),
    (r"momentum|mu|rho|gamma|beta_?1?|(momentum|friction)_?\w+", "0.9"),
    (r"beta_?2", "0.999"),
    (r"(init\w*_?|weight_?)?(scale|std|sigma|variance)", "0.1"),
    (r"shuffle|bias|use_?bias|with_?bias|add_?bias|has_?bias", "True"),
    (
        r"(max_?|min_?)?(tol(erance)?|eps|delta|(target_?)?error|goal|error_?\w+|early_?stop\w*)|thresh(old)?|theta",
        "0.0",
    ),
    (r"(lr_?|learning_?rate_?)?decay(_?rate)?|drop(_?out)?(_?(rate|prob\w*|p))?", "0.0"),
    (r"keep_?prob\w*", "1.0"),
    (r"name|file_?name|path|title", "'net'"),
)
LISTS = (
    "_w = [_np.random.randn(784, 16) * 0.1, _np.random.randn(16, 10) * 0.1]\n"
    "_b = [_np.zeros((1, 16)), _np.zeros((1, 10))]\n"
)
#: those that are likelier first
TRAINERS = (
    r"train(ing)?(_?(network|model|nn|mlp|data|steps?|batch|epochs?|samples?|loop|set|autoencoder|all|once|round))?",
    "fit",
    "(mini_?batch_|stochastic_)?gradient_descent|sgd|sdg",
    "learn",
    "l_layer_model|two_layer_model|nn_model|neural_network|model",
    "optimi[sz]e",
    r"(train|fit|learn)_\w+",
    "build_model",
    "back_?prop[ao]gat(e|ion)",
)


FORWARD = r"(model_|full_|l_model_)?(forward|feed_?forward|fprop|propagate$|predict$|f_?prop)"
BACKWARD = r"(model_|full_|l_model_)?(back|bprop|b_?prop|(compute_)?grad)"
COST = (
    r"((compute|calculate|calc|get|total)_?)*"
    r"(loss|cost|error|mse|bce|cross_?entropy|mean_squared_error|\w+_(loss|cost))"
)
UPDATE = r"update|step|apply|sgd_?step|optimi[sz]er?$|gradient_?descent$"
#: what the parts give one another
KNOWN = {
    r"p(aram(eter)?s?)?|theta|weights|model|net(work)?|w": "_p",
    r"cache[sd]?|activations|memory|intermediates?|tape": "_cache",
    r"a|al|a2|a3|out(put)?s?|y_?hat|y_?pred|pred(ictions?)?|probs?": "_out",
    r"g(rad(ient)?s?)?|grads|deltas?|derivatives": "_g",
    # what comes down from the cost, where the network has none of its own
    r"d_?(y|out(put)?s?|values?|loss|l|scores?|z\d?|a\d?|l_?d_?\w+)|(loss|out(put)?|error|upstream|top)_?(grad(ient)?|delta)"
    r"|(grad(ient)?|delta)_?(of_?)?(y|out(put)?|loss|cost|error)": "(_out - {y})",
}
