"""Names of functions and parameters in other languages, as what they are called in English."""

import re
import unicodedata

_WORDS = {
    "train": "entrenar entrena treinar treina treino addestra addestrare allena allenare entrainer entraine "
    "trainieren trainiere trenuj trenowanie egit antreneaza antrenare",
    "training": "entrenamiento treinamento entrainement addestramento allenamento egitim trening",
    "fit": "ajustar ajusta ajuste",
    "learn": "aprender aprende apprendre lernen lerne ogren ucz",
    "learning": "aprendizaje aprendizado aprendizagem apprentissage apprendimento lern ogrenme uczenia invatare",
    "rate": "taxa tasa taux tasso rata orani hizi wspolczynnik",
    "learning_rate": "lernrate",
    "epochs": "epoca epocas epoche epochen epoques epoque epok epoki devir ciclos",
    "iterations": "iteraciones iteracion iteracoes iteracao iterazioni iterationen iterasyon iteratii",
    "steps": "pasos passos schritte passi adim",
    "max": "lim limite maximo",
    "num": "numero cantidad quantidade qtd nb nombre anzahl ilosc sayisi",
    "input": "entrada entradas entree entrees ingresso ingressi eingabe eingaben eingang wejscie girdi giris intrare",
    "data": "datos dados donnees daten dati veri veriler dane",
    "images": "imagenes imagens bilder immagini",
    "examples": "muestras muestra amostras amostra echantillons campioni beispiele exemples ejemplos exemplos esempi",
    "output": "salida salidas saida saidas sortie sorties uscita uscite ausgabe ausgaben ausgang wyjscie cikis iesire",
    "targets": "objetivo objetivos alvo alvos cible cibles ziel ziele hedef cel esperado esperados esperada desejado "
    "desejada deseado deseada attendu attendus erwartet",
    "labels": "etiqueta etiquetas etiquette etiquettes rotulo rotulos etichette etiketler",
    "classes": "clase clases classe classi klasse klassen",
    "true": "real reales reais reel",
    "hidden": "oculta ocultas oculto ocultos escondida escondidas cachee cachees nascosto nascosta nascosti verborgen "
    "versteckt versteckte ukryta ukryte gizli ascuns ascunsa",
    "layers": "capas camadas couches strati schichten warstwy katmanlar straturi",
    "layer": "capa camada couche strato schicht warstwa katman strat",
    "size": "tamano tamanho tam taille dimensione groesse grosse rozmiar boyut boyutu dimensao dimension",
    "units": "neuronas neuronios neurones neuronen neuroni neurony noron",
    "weights": "pesos peso poids gewichte pesi wagi agirlik agirliklar ponderi",
    "bias": "sesgo sesgos vies biais",
    "batch": "lote lotes lot",
    "vector": "vektor vettore vecteur vetor wektor vektoru",
    "list": "lista liste listesi",
    "threshold": "limiar umbral seuil schwelle soglia prog esik",
    "network": "rede red reseau netz netzwerk rete siec ag",
    "model": "modelo modele modell modello",
    "forward": "adelante frente avant avanti vorwarts vorwaerts ileri",
    "propagation": "propagacion propagacao propagazione",
    "forward_propagation": "vorwartspropagation vorwaertspropagation",
    "backward": "atras arriere indietro ruckwarts rueckwaerts geri",
    "backpropagation": "retropropagacion retropropagacao retropropagation retropropagazione",
    "predict": "predecir prever predire predis vorhersagen tahmin previsao",
    "update": "actualizar actualiza atualizar atualiza aggiorna aktualisieren guncelle",
    "initialize": "inicializar inicializa initialiser inizializza initialisieren",
}
_ENGLISH = {word: english for english, words in _WORDS.items() for word in words.split()}
_JOINING = frozenset(["de", "da", "do", "das", "dos", "del", "di", "der", "des", "du", "d", "la", "le", "el", "l"])
#: what stands last in English: `tamanho_entrada` is an `input_size`
_LAST = frozenset(["size", "rate", "units", "layer", "layers", "dim", "propagation", "network"])
#: how many of something: `number_of_inputs`, `numInputs` is left as it is
_NUMBER_OF = re.compile(
    r"(?i)^(number|num|no|count|amount|anzahl|numero|cantidad|quantidade|nombre)_?(of|de|di|der)_?(the_?)?"
)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def in_english(name: str) -> str:
    """A name in small letters, its words in English; one that has none in another language is left as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = [word.lower() for word in _PARTS.findall(_NUMBER_OF.sub("n_", plain))]
    found = [_ENGLISH.get(word, word) for word in words if word not in _JOINING or len(words) < 2]
    if not set(words) & _ENGLISH.keys():
        return _NUMBER_OF.sub("n_", name).lower()
    if len(found) > 1 and found[0] in _LAST:
        found = [*found[1:], found[0]]
    return "_".join(found)
